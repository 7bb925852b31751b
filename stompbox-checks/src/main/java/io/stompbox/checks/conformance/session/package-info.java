/**
 * Cases about a client's conversation: scripts of calls, of octets from the server and of what must
 * come of them.
 *
 * <p>{@link io.stompbox.checks.conformance.session.SessionCases} reads them. A script runs against
 * a {@link io.stompbox.checks.conformance.session.Driver}: the protocol core with a virtual clock,
 * or, where threads, handlers, logs or reconnecting matter, the client with a real peer. Which one
 * is chosen by the words that the script uses. Both write down what they saw in the same form.
 */
@NullMarked
package io.stompbox.checks.conformance.session;

import org.jspecify.annotations.NullMarked;
