/**
 * What must hold whatever happens to a client: its counters add up, nothing was told that the wire
 * did not show, and nothing is left behind. Start at {@link
 * io.stompbox.checks.invariants.Invariants}.
 */
@NullMarked
package io.stompbox.checks.invariants;

import org.jspecify.annotations.NullMarked;
