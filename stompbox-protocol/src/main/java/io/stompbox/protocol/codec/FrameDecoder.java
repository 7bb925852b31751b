package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns octets into frames, however they are cut: feed it what arrived and ask until it has no
 * more.
 *
 * <pre>{@code
 * DecodedEvent event;
 * while ((event = decoder.decode(input)) != null) {
 *   if (event instanceof DecodedEvent.FrameDecoded decoded) {
 *     handle(decoded.frame());
 *   }
 * }
 * }</pre>
 *
 * <p>It starts before a version is agreed; call {@link #version(Version)} between the CONNECTED
 * frame and what follows it. A fault ends it: frames before the fault were returned, nothing after
 * it will be, unless the mode is {@link DecoderMode#RESYNCHRONISING}. Large bodies can come in
 * chunks: {@link BodyStreaming}. Works in place on the array of the buffer, which it never keeps
 * (its frames may, with {@link FrameOctets#BORROWED}); buffers with an array are faster than direct
 * ones. Not safe to share between threads.
 */
public final class FrameDecoder {
  /** How many octets of a buffer without an array are looked at in one go. */
  private static final int COPIED = 2048;

  private final DecoderMode mode;
  private final DecoderLimits limits;
  private final BodyStreaming streaming;
  private final FrameOctets octets;

  private FrameReader reader;

  /** What ended it; thrown again at each call. */
  private @Nullable ProtocolException failure;

  /** Creates a tolerant decoder with the default limits. */
  public FrameDecoder() {
    this(DecoderMode.TOLERANT, DecoderLimits.defaults());
  }

  /** Creates a decoder that does not know the version yet and streams no body. */
  public FrameDecoder(DecoderMode mode, DecoderLimits limits) {
    this(mode, limits, BodyStreaming.off());
  }

  /** Creates a decoder that does not know the version yet and copies what its frames hold. */
  public FrameDecoder(DecoderMode mode, DecoderLimits limits, BodyStreaming streaming) {
    this(mode, limits, streaming, FrameOctets.COPIED);
  }

  /** Creates a decoder that does not know the version yet. */
  public FrameDecoder(
      DecoderMode mode, DecoderLimits limits, BodyStreaming streaming, FrameOctets octets) {
    this.mode = mode;
    this.limits = limits;
    this.streaming = streaming;
    this.octets = octets;
    this.reader = new FrameReader(mode, limits);
  }

  /**
   * Forgets everything that came, a fault included, and the version: what comes next is the start
   * of another input, as for a decoder that was just created. To go on in the same input after a
   * fault, set the version again.
   */
  public void reset() {
    reader = new FrameReader(mode, limits);
    failure = null;
  }

  /**
   * Sets the version of the frames that follow.
   *
   * @throws IllegalStateException inside a frame, or after a fault
   */
  public void version(Version version) {
    if (failure != null) {
      throw new IllegalStateException("reset the decoder before the version is set", failure);
    }
    reader.version(version, streaming, octets);
  }

  /**
   * Consumes {@code input} up to the end of the next event. Octets of an unfinished frame are
   * consumed and kept.
   *
   * @return the event, or null if more octets are needed
   * @throws ProtocolException at the first fault, and again at each call after it until {@link
   *     #reset}; its message says at which offset in the input the frame starts. If the head comes
   *     in pieces of a few octets, its faults may be told only when it ends, when 4096 octets of it
   *     came, or when the input ends. Not in {@link DecoderMode#RESYNCHRONISING}
   */
  public @Nullable DecodedEvent decode(ByteBuffer input) {
    if (failure == null
        && input.hasArray()
        && (reader.takeOfBody(input) || reader.takeOfKnownHead(input))) {
      return null;
    }
    Recovery recovery = reader.recovery();
    if (recovery != null) {
      return decodeOrSkip(input, recovery);
    }
    if (failure != null) {
      throw failure;
    }
    try {
      return decodeBuffer(input);
    } catch (ProtocolException e) {
      throw fail(e);
    }
  }

  /**
   * Tells that the input has ended: call it until it returns null. In {@link
   * DecoderMode#RESYNCHRONISING} an unfinished frame is skipped, and frames that it swallowed are
   * returned.
   *
   * @throws ProtocolException in the other modes, if the input ended inside a frame
   */
  public @Nullable DecodedEvent finish() {
    Recovery recovery = reader.recovery();
    while (true) {
      DecodedEvent event = decode(ByteBuffer.allocate(0));
      if (event != null || !isInsideFrame()) {
        return event;
      }
      if (recovery == null) {
        throw fail(cut());
      }
      if (reader.isSearching()) {
        return reader.endSearchHere(recovery);
      }
      reader.skip(reader.cut(), recovery);
    }
  }

  private ProtocolException cut() {
    try {
      return reader.cut();
    } catch (ProtocolException e) {
      return e;
    }
  }

  /** Whether octets of a frame, or the CR of a line end, came whose end has not come yet. */
  public boolean isInsideFrame() {
    return failure == null && reader.isInsideFrame();
  }

  /** How many octets were consumed since it was created or {@link #reset}. */
  public long offset() {
    return reader.offset();
  }

  /**
   * Where the frame or the line end starts that was returned last, or the frame whose fault ended
   * decoding, counted as {@link #offset()} is; 0 before the first.
   */
  public long frameStart() {
    return reader.frameStart();
  }

  /** How many octets of a frame came whose end has not come yet; 0 between frames. */
  public long unfinished() {
    return isInsideFrame() ? reader.offset() - reader.frameStart() : 0;
  }

  private ProtocolException fail(ProtocolException fault) {
    failure =
        fault.withMessage(
            fault.getMessage() + " (in the frame at offset " + reader.frameStart() + ")");
    return failure;
  }

  private @Nullable DecodedEvent decodeOrSkip(ByteBuffer input, Recovery recovery) {
    while (true) {
      ByteBuffer held = recovery.held();
      try {
        DecodedEvent event = decodeBuffer(held == null ? input : held);
        if (event == null) {
          if (held == null) {
            return null;
          }
        } else if (!recovery.isSpoiled()) {
          return event;
        } else if (!reader.isInsideFrame()) {
          return recovery.end(reader.frameStart(), reader.offset());
        }
      } catch (ProtocolException e) {
        reader.skip(e, recovery);
      }
    }
  }

  private @Nullable DecodedEvent decodeBuffer(ByteBuffer input) {
    return input.hasArray() ? decodeArray(input) : decodeCopies(input);
  }

  private @Nullable DecodedEvent decodeArray(ByteBuffer input) {
    int base = input.arrayOffset();
    try {
      return reader.read(input.array(), base + input.position(), base + input.limit());
    } finally {
      reader.release();
      input.position(reader.at() - base);
    }
  }

  private @Nullable DecodedEvent decodeCopies(ByteBuffer input) {
    DecodedEvent event = null;
    while (event == null && input.hasRemaining()) {
      if (reader.isStreaming()) {
        return reader.stream(input);
      }
      byte[] copy = new byte[Math.min(COPIED, input.remaining())];
      int start = input.position();
      input.get(start, copy);
      try {
        event = reader.read(copy, 0, copy.length);
      } finally {
        reader.release();
        input.position(start + reader.at());
      }
    }
    return event;
  }
}
