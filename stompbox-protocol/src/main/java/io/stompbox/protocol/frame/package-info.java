/**
 * What crosses the wire: {@link Frame} and the values it is made of.
 *
 * <p>A {@link Frame} is a {@link Command}, {@link Headers} and a {@link Body}, with escapes already
 * undone: nobody who holds one has to know on which version of STOMP it came. Headers keep their
 * order and repeated names; the first entry of a name is the one in force.
 *
 * <pre>{@code
 * Frame order = Frame.of(Command.SEND, "destination", "/queue/orders", "content-type", "text/plain")
 *     .with(Body.of("12 bricks"));
 *
 * System.out.println(order);
 * System.out.println(order.header("destination") + ": " + order.text());
 *
 * Headers twice = Headers.of("foo", "in force", "foo", "history");
 * System.out.println(twice.get("foo") + ", all of them: " + twice.values("foo"));
 *
 * System.out.println(Headers.of("login", "kiln", "passcode", "fire"));
 * }</pre>
 *
 * <p>prints
 *
 * <pre>{@code
 * SEND [destination:/queue/orders, content-type:text/plain] 9 octets
 * /queue/orders: 12 bricks
 * in force, all of them: [in force, history]
 * [login:kiln, passcode:***]
 * }</pre>
 *
 * <p>Everything here is an immutable value that cannot be wrong, safe to share between threads;
 * nothing here knows octets on a wire or conversations. The exceptions of the whole module are here
 * too: a {@link ProtocolException} is the peer's fault and ends a connection, an {@link
 * IllegalFrameException} the caller's, thrown before anything is written.
 */
@NullMarked
package io.stompbox.protocol.frame;

import org.jspecify.annotations.NullMarked;
