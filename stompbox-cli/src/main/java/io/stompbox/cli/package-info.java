/**
 * The {@code stompbox} command: one class a command, each of them arguments, then a value, then a
 * call.
 */
@NullMarked
package io.stompbox.cli;

import org.jspecify.annotations.NullMarked;
