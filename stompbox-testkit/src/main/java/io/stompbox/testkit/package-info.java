/**
 * For tests of STOMP programs. {@link io.stompbox.testkit.ScriptedBroker} does what a script says,
 * octet by octet; {@link io.stompbox.testkit.QueueBroker} is a small broker in memory, without
 * sockets or behind those of a scripted one; {@link io.stompbox.testkit.EmbeddedBroker} is a real
 * one in this process; {@link io.stompbox.testkit.FaultProxy} breaks connections on purpose; {@link
 * io.stompbox.testkit.ManualClock} is time that a test moves.
 *
 * <p>Scripts of brokers and proxies can be text too, see {@code io.stompbox.testkit.script}; tests
 * with JUnit get a broker by an annotation, see {@code io.stompbox.testkit.junit}.
 *
 * <p>Scripts read and write octets with their own few lines, so that a fault of the codec can't
 * hide itself. Only the broker in memory uses the codec and the server's session.
 */
@NullMarked
package io.stompbox.testkit;

import org.jspecify.annotations.NullMarked;
