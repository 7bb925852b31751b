/**
 * The client. Start at {@link StompClient} for one logical connection that survives its brokers, or
 * at {@link Connection} for one physical connection, frame by frame.
 */
@NullMarked
package io.stompbox.client;

import org.jspecify.annotations.NullMarked;
