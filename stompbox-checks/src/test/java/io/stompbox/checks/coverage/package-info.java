/**
 * Keeps {@code docs/coverage.md} honest. Start at {@link CoverageTable}, which knows the rules.
 *
 * <p>Nothing here runs the tests that the table names; it only sees that they are there.
 */
@NullMarked
package io.stompbox.checks.coverage;

import org.jspecify.annotations.NullMarked;
