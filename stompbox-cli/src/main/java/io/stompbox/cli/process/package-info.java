/**
 * What surrounds a command: streams and terminal, interruption, exit codes, and failures as users
 * see them.
 */
@NullMarked
package io.stompbox.cli.process;

import org.jspecify.annotations.NullMarked;
