/**
 * Cases about STOMP over WebSocket. A real client talks to a scripted server on the loopback
 * interface. Start at {@link io.stompbox.checks.conformance.websocket.WebSocketCases}.
 */
@NullMarked
package io.stompbox.checks.conformance.websocket;

import org.jspecify.annotations.NullMarked;
