package io.stompbox.cli.frames;

import io.stompbox.cli.json.FrameEntry;
import io.stompbox.cli.process.TooLarge;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a stream and hands them on as they come, up to the first fault or to the end.
 */
final class Decoding {
  private static final int CHUNK = 64 * 1024;

  private final FrameDecoder decoder;
  private final VersionInForce version;
  private final Consumer<FrameEntry> entries;

  /** Frames handed on. */
  private long frames;

  private long faults;

  /** Octets that belong to no frame. */
  private long skipped;

  Decoding(
      DecoderMode mode,
      DecoderLimits limits,
      VersionInForce version,
      Consumer<FrameEntry> entries) {
    this.decoder = new FrameDecoder(mode, limits);
    this.version = version;
    this.entries = entries;
    decoder.version(version.version());
  }

  long frames() {
    return frames;
  }

  long faults() {
    return faults;
  }

  long skipped() {
    return skipped;
  }

  void run(InputStream stream) throws IOException {
    try {
      byte[] chunk = new byte[CHUNK];
      for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
        decode(ByteBuffer.wrap(chunk, 0, count));
      }
      for (DecodedEvent event = decoder.finish(); event != null; event = decoder.finish()) {
        take(event);
      }
    } catch (ProtocolException fault) {
      long start = decoder.frameStart();
      fault(start, decoder.offset() - start, fault.fault(), String.valueOf(fault.getMessage()));
    }
  }

  private void decode(ByteBuffer input) {
    @Nullable DecodedEvent event = decoder.decode(input);
    while (event != null) {
      take(event);
      event = decoder.decode(input);
    }
  }

  private void take(DecodedEvent event) {
    if (event instanceof DecodedEvent.FrameDecoded decoded) {
      take(decoded.frame());
    } else if (event instanceof DecodedEvent.HeartBeat) {
      entries.accept(new FrameEntry.HeartBeat(OptionalLong.of(decoder.frameStart())));
    } else if (event instanceof DecodedEvent.Skipped skip) {
      fault(skip.offset(), skip.octets(), skip.fault(), skip.reason());
    }
  }

  private void take(Frame frame) {
    frames++;
    entries.accept(new FrameEntry.Whole(OptionalLong.of(decoder.frameStart()), frame));
    if (version.passes(frame)) {
      decoder.version(version.version());
    }
  }

  private void fault(long offset, long octets, ProtocolException.Fault fault, String reason) {
    faults++;
    skipped += octets;
    String advised =
        TooLarge.advised(
            reason,
            fault == ProtocolException.Fault.LIMIT_BODY ? "; --largest takes larger ones" : "");
    entries.accept(new FrameEntry.Faulty(OptionalLong.of(offset), octets, fault, advised));
  }
}
