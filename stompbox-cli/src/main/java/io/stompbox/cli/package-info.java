/**
 * The {@code stompbox} command. Start at {@link Main}, which knows all verbs; those that belong
 * together are a package, such as {@code message}. What several verbs share is a mixin, such as
 * {@link io.stompbox.cli.connection.ConnectionOptions}.
 *
 * <p>A command is arguments, then a value, then a call: parsing makes objects that a test can look
 * at without a network. Data goes to standard output and everything else to standard error. A
 * command that can't do what it was asked throws a {@link io.stompbox.cli.process.Failure}, which
 * knows the text and the {@link io.stompbox.cli.process.ExitCode}.
 */
@NullMarked
package io.stompbox.cli;

import org.jspecify.annotations.NullMarked;
