/**
 * The same scenarios with real brokers. Start at {@link InteropTest}.
 *
 * <p>What a broker does in its own way is in {@link BrokerKind}; the scenarios do not ask which
 * broker they talk to.
 */
@NullMarked
package io.stompbox.checks.interop;

import org.jspecify.annotations.NullMarked;
