/**
 * Runs files of conformance cases. Start at {@link io.stompbox.checks.conformance.ConformanceMain};
 * a new kind of case is a line in {@link io.stompbox.checks.conformance.Kinds} and a package of its
 * own that knows only {@code kit}.
 */
@NullMarked
package io.stompbox.checks.conformance;

import org.jspecify.annotations.NullMarked;
