/**
 * The arrows of the design and the rules of the house, as tests. Start at {@link ArrowsTest}.
 *
 * <p>A rule that sees no code is green for the wrong reason: {@link RulesSeeTheCodeTest} compares
 * what the rules look at with the source files.
 */
@NullMarked
package io.stompbox.checks.architecture;

import org.jspecify.annotations.NullMarked;
