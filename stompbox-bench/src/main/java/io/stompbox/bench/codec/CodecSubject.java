package io.stompbox.bench.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A codec that is measured, or a limit that none can beat. */
public interface CodecSubject {
  /** The name in the report and in the options. */
  String name();

  /** What it is. */
  Kind kind();

  /** What it does for a frame and what it spares itself, for the report. */
  String notes();

  /** The corpora that it decodes wrongly, and what comes out. They are not measured. */
  default Map<String, String> decodesWrongly() {
    return Map.of();
  }

  /** The corpora that it encodes wrongly, and what comes out. They are not measured. */
  default Map<String, String> encodesWrongly() {
    return Map.of();
  }

  /**
   * Prepares decoding of this stream. What may be prepared is the library's own kind of buffer
   * around the pieces. Null if there is nothing to measure.
   */
  @Nullable Operation decoding(Pieces pieces, Depth depth, FrameSink sink) throws Exception;

  /** Prepares encoding of these frames. Null if there is nothing to measure. */
  @Nullable Operation encoding(List<SampleFrame> frames, EncodedSink sink) throws Exception;

  /** What is measured: decoding a whole stream, or encoding all its frames. */
  @FunctionalInterface
  interface Operation {
    /** Does it once and returns the number of frames. */
    int run() throws Exception;
  }

  /** Encodes one frame, from Strings and an array. */
  @FunctionalInterface
  interface FrameEncoding {
    /** Encodes a frame and hands it to the sink. */
    void encode(SampleFrame frame) throws Exception;
  }

  /** Returns an operation that encodes all frames, one after the other. */
  static Operation eachOf(List<SampleFrame> frames, FrameEncoding encoding) {
    return () -> {
      for (int i = 0; i < frames.size(); i++) {
        encoding.encode(frames.get(i));
      }
      return frames.size();
    };
  }

  /** What a subject is. */
  enum Kind {
    /** What this project makes. */
    STOMPBOX,
    /** Another library. */
    PEER,
    /** The least that any codec has to do with the octets; not verified. */
    LIMIT
  }
}
