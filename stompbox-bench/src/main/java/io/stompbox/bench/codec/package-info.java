/**
 * What is asked of every codec. Start at {@link io.stompbox.bench.codec.CodecSubject}; {@link
 * io.stompbox.bench.codec.Corpus} has the frames, {@link io.stompbox.bench.codec.Verification} says
 * whether a codec gets them right, without which its speed means nothing.
 */
@NullMarked
package io.stompbox.bench.codec;

import org.jspecify.annotations.NullMarked;
