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
  @Nullable Decoding decoding(List<byte[]> pieces, Depth depth, FrameSink sink) throws Exception;

  /** Prepares encoding of these frames. Null if there is nothing to measure. */
  @Nullable Encoding encoding(List<SampleFrame> frames, EncodedSink sink) throws Exception;

  /** What is decoded once in an operation. */
  @FunctionalInterface
  interface Decoding {
    /** Decodes the whole stream and returns the number of frames. */
    int run() throws Exception;
  }

  /** What is encoded once in an operation. */
  @FunctionalInterface
  interface Encoding {
    /** Encodes every frame, from Strings and an array, and returns the number of octets. */
    long run() throws Exception;
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
