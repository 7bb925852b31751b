/**
 * Brokers that are killed with SIGKILL while a client works with them, and the counts of what came
 * of its messages. Start at {@link io.stompbox.checks.kills.SoakMain}, which {@code ./check soak}
 * runs; {@link io.stompbox.checks.kills.BrokerKillsTest} does the same with small numbers.
 *
 * <p>When a broker dies is decided by counts of messages, never by time, from a seed that is
 * printed.
 */
@NullMarked
package io.stompbox.checks.kills;

import org.jspecify.annotations.NullMarked;
