/**
 * Connections that several parts of a program use. Start at {@link ConnectionPool}.
 *
 * <p>One {@link io.stompbox.client.StompClient} may be shared between threads, and that is enough
 * for most programs. A pool is for those that talk to several brokers from many places, or that
 * want connections of their own for a while. It uses nothing but what every program can.
 */
@NullMarked
package io.stompbox.client.pool;

import org.jspecify.annotations.NullMarked;
