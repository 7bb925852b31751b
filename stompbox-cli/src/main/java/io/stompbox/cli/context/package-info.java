/**
 * Named sets of values for connections, kept in files of their owner. Start at {@link
 * io.stompbox.cli.context.Contexts}. Nothing here connects.
 */
@NullMarked
package io.stompbox.cli.context;

import org.jspecify.annotations.NullMarked;
