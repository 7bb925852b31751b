/**
 * Random octets and random calls: only documented exceptions may come out, and what must hold of
 * all input holds. Start at {@link DecoderFuzzTest}.
 *
 * <p>An input is octets from which {@link Choices} takes decisions. {@code mvn verify} tries the
 * seeds: the octets of the conformance cases, and the findings of the past as files in {@code
 * src/test/resources/io/stompbox/checks/fuzz}. {@code ./check fuzz} lets Jazzer look for more.
 */
@NullMarked
package io.stompbox.checks.fuzz;

import org.jspecify.annotations.NullMarked;
