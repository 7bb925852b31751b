/**
 * JUnit 5 for tests of STOMP programs: {@link io.stompbox.testkit.junit.StompBroker} gives a test a
 * broker.
 *
 * <p>Only this package needs JUnit, and it brings none: whoever uses it has {@code
 * org.junit.jupiter:junit-jupiter-api} among the dependencies of the tests already, and whoever
 * does not can use the rest of the test kit without it.
 */
@NullMarked
package io.stompbox.testkit.junit;

import org.jspecify.annotations.NullMarked;
