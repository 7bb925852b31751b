/**
 * Cases that were measured on the libraries which Stompbox replaces. Start at {@link
 * io.stompbox.checks.conformance.seeds.SeedCases}.
 *
 * <p>Where such a case contradicts the specification's cases or a decision of the design, a rule
 * here says what counts instead; rules are about what a case contains, never about which case it
 * is.
 */
@NullMarked
package io.stompbox.checks.conformance.seeds;

import org.jspecify.annotations.NullMarked;
