/**
 * The interactive shell: {@link io.stompbox.cli.shell.ShellCommand} reads its arguments, {@code
 * Shell} the lines that are typed or come from a file, and {@code Verbs} has what can be typed.
 * What the verbs do to the connection is in {@code Conversation}.
 *
 * <p>Only {@code Keyboard} knows the library that edits lines, and it is made only where a person
 * types, so that everything else runs without a terminal.
 */
@NullMarked
package io.stompbox.cli.shell;

import org.jspecify.annotations.NullMarked;
