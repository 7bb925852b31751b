/**
 * Scenarios: what a broker does, what a client is told to do, and what must come out, as text.
 * Start at {@link io.stompbox.checks.scenarios.ScenariosMain}; {@code docs/scenarios.md} has the
 * format.
 *
 * <p>The broker's part is a script of the test kit; the client's part is a table of statements for
 * each of its subjects, carried out by an {@link io.stompbox.checks.scenarios.Actor}.
 */
@NullMarked
package io.stompbox.checks.scenarios;

import org.jspecify.annotations.NullMarked;
