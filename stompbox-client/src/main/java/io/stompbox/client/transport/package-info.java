/**
 * How octets move between the client and a broker. Start at {@link Transport}; {@link
 * TransportFactory#sockets()} makes those for TCP, TLS and WebSocket, and {@link TransportFactory}
 * is what to implement for another way.
 *
 * <p>A transport moves octets and knows no frames. Only WebSocket looks where frames end, since
 * each is a message of its own there; nothing else here names {@code java.net.http}, so that
 * whoever uses TCP loads no class of it.
 */
@NullMarked
package io.stompbox.client.transport;

import org.jspecify.annotations.NullMarked;
