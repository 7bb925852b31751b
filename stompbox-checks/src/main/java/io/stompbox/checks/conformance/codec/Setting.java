package io.stompbox.checks.conformance.codec;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Version;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder is set to.
 *
 * @param version null before it is known, which case files call {@code pre}
 */
record Setting(@Nullable Version version, DecoderMode mode) {
  FrameDecoder decoder(DecoderLimits limits) {
    FrameDecoder decoder = new FrameDecoder(mode, limits);
    if (version != null) {
      decoder.version(version);
    }
    return decoder;
  }

  @Override
  public String toString() {
    return (version == null ? "pre" : version.text()) + " " + mode;
  }
}
