/**
 * Runs files of conformance cases against the codec. Start at {@link
 * io.stompbox.checks.conformance.ConformanceMain}.
 *
 * <p>What is expected and what was seen are compared as text that is made here, octet by octet, so
 * that a fault in the {@code equals} of a frame cannot hide itself.
 */
@NullMarked
package io.stompbox.checks.conformance;

import org.jspecify.annotations.NullMarked;
