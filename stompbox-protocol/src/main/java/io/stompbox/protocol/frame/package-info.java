/**
 * What crosses the wire: {@link Frame} and the values it is made of.
 *
 * <p>Everything here is an immutable value that cannot be wrong; nothing here knows bytes on a wire
 * or conversations.
 */
@NullMarked
package io.stompbox.protocol.frame;

import org.jspecify.annotations.NullMarked;
