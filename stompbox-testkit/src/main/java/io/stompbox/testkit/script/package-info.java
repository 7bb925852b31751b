/**
 * Scripts as text. {@link io.stompbox.testkit.script.BrokerScript} is what a scripted broker does,
 * {@link io.stompbox.testkit.script.FaultScript} what a fault proxy breaks; {@code
 * docs/scenarios.md} has all statements of both.
 *
 * <p>A script is read by {@link io.stompbox.testkit.script.Statements}, a table of statements and
 * what each of them takes; other languages can be made of the same parts, as the scenarios of
 * Stompbox's own checks are. What can't be read is told with file, line, what was found and what is
 * allowed.
 */
@NullMarked
package io.stompbox.testkit.script;

import org.jspecify.annotations.NullMarked;
