/**
 * Cases of the server's side: a client that speaks octets, against the test kit's broker without a
 * socket and with a virtual clock. Start at {@link
 * io.stompbox.checks.conformance.server.ServerCases}.
 */
@NullMarked
package io.stompbox.checks.conformance.server;

import org.jspecify.annotations.NullMarked;
