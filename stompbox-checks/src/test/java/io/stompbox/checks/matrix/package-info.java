/**
 * The fault matrix: what brokers and networks do to a client, and what must come out. The table of
 * {@code docs/reliability.md} has a row for each fault; what a scenario can say is a scenario, and
 * all else is a test here.
 *
 * <p>A test is a method with the annotation {@link io.stompbox.checks.matrix.Fault}, and gets its
 * {@link io.stompbox.checks.invariants.Invariants} as a parameter. {@code mvn verify} runs those
 * that are quick, {@code ./check soak matrix} whatever the table names in this module.
 */
@NullMarked
package io.stompbox.checks.matrix;

import org.jspecify.annotations.NullMarked;
