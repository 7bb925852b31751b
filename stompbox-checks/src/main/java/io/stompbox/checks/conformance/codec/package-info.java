/**
 * Cases of the codec: octets to frames, frames to octets, and both. Start at {@link
 * io.stompbox.checks.conformance.codec.CodecCases}.
 */
@NullMarked
package io.stompbox.checks.conformance.codec;

import org.jspecify.annotations.NullMarked;
