/**
 * How cost grows with the number of connections, of subscriptions on one connection, and of
 * messages that nobody is fast enough for. Start at {@link io.stompbox.bench.scale.ScaleMain}; each
 * measurement has a JVM of its own, and so has the broker that it talks to.
 */
@NullMarked
package io.stompbox.bench.scale;

import org.jspecify.annotations.NullMarked;
