/**
 * The fault matrix: what brokers and networks do to a client, and what must come out. The table of
 * {@code docs/reliability.md} has a row for each fault; what a scenario can say is a scenario, and
 * all else is a test here.
 *
 * <p>A test is one method with the tag {@link io.stompbox.checks.matrix.Fault#TAG}, which {@link
 * io.stompbox.checks.matrix.Fault} gives it, and gets its {@link
 * io.stompbox.checks.invariants.Invariants} as a parameter. {@code mvn verify} runs those that are
 * quick, {@code ./check soak matrix} all of them.
 */
@NullMarked
package io.stompbox.checks.matrix;

import org.jspecify.annotations.NullMarked;
