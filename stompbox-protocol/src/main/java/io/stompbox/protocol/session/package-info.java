/**
 * The rules of one conversation, as pure functions and small state machines: which frames exist in
 * which version ({@link Commands}), what was negotiated, when a heart-beat is due.
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock: time is an argument and the
 * next deadline a result.
 */
@NullMarked
package io.stompbox.protocol.session;

import org.jspecify.annotations.NullMarked;
