/**
 * The {@code stompbox} command. Start at {@link Main}; each verb is a class of its own, such as
 * {@link SendCommand}, and what several verbs share is a mixin, {@link ConnectionOptions}.
 *
 * <p>A command is arguments, then a value, then a call: parsing makes objects that a test can look
 * at without a network. Data goes to standard output and everything else to standard error. A
 * command that can't do what it was asked throws a {@link Failure}, which knows the text and the
 * {@link ExitCode}.
 */
@NullMarked
package io.stompbox.cli;

import org.jspecify.annotations.NullMarked;
