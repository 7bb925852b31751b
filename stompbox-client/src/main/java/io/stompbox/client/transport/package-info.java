/**
 * How octets move between the client and a broker. Start at {@link Transport}; {@link
 * TransportFactory#sockets()} makes those for TCP, TLS, WebSocket and Unix domain sockets, and
 * {@link TransportFactory} is what to implement for another way.
 *
 * <p>A transport moves octets and knows no frames. Only WebSocket looks where frames end, since
 * each is a message of its own there. {@link TransportOptions} has all that can be set: sockets,
 * proxies, TLS, WebSockets.
 */
@NullMarked
package io.stompbox.client.transport;

import org.jspecify.annotations.NullMarked;
