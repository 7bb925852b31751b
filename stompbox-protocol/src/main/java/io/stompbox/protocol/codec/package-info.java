/**
 * Bytes to frames and back. Start at {@link FrameDecoder} and {@link FrameEncoder}.
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock; feed it bytes from wherever you
 * have them. It knows frames but not conversations: whether a frame is allowed <em>now</em> is the
 * business of {@code io.stompbox.protocol.session}.
 */
@NullMarked
package io.stompbox.protocol.codec;

import org.jspecify.annotations.NullMarked;
