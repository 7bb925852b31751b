/**
 * The same scenarios with real brokers. Start at {@code InteropTest} among the tests.
 *
 * <p>What a broker does in its own way is in {@code BrokerKind}; the scenarios do not ask which
 * broker they talk to. Outside of the tests are the brokers that measurements start as well.
 */
@NullMarked
package io.stompbox.checks.interop;

import org.jspecify.annotations.NullMarked;
