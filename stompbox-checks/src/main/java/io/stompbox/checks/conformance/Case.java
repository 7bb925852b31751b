package io.stompbox.checks.conformance;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of a case file. */
sealed interface Case {
  /** The id of the case, or the place of its line if that could not be read. */
  String id();

  /** The group within its section. */
  String area();

  /** What the case is about: the {@code dir} of the file. */
  String section();

  /** Octets to frames. */
  record Decode(
      String id,
      String area,
      List<Setting> settings,
      DecoderLimits limits,
      List<Body> chunks,
      Decoding expected)
      implements Case {
    @Override
    public String section() {
      return "decode";
    }
  }

  /**
   * What decoding must give. Absent parts are not looked at.
   *
   * @param frames as {@link FrameText} shows them
   * @param end {@code clean}, {@code incomplete} or {@code error} with its category
   * @param lookups of the first frame
   * @param text the body of the first frame as text; {@link #BINARY} if it has no charset
   * @param orError whether an earlier error of any category is fine too
   */
  record Decoding(
      List<String> frames,
      String end,
      Optional<Integer> lineEnds,
      List<Lookup> lookups,
      Optional<String> text,
      boolean orError) {
    static final String BINARY = "binary";
  }

  /**
   * A header that is asked for by its name.
   *
   * @param value null if the frame must not have it
   */
  record Lookup(String name, @Nullable String value) {}

  /** A frame to octets. */
  record Encode(
      String id,
      String area,
      List<Version> versions,
      EncoderOptions options,
      Draft draft,
      Encoding expected)
      implements Case {
    @Override
    public String section() {
      return "encode";
    }
  }

  /** What encoding must give. */
  sealed interface Encoding {
    /**
     * Octets.
     *
     * @param headerLines in any order, but entries of one name in theirs
     * @param optionalLines lines that may be there too
     * @param optionalNames names of headers that may be there too
     */
    record Written(
        Body commandLine,
        List<Body> headerLines,
        Body blankLine,
        Body body,
        List<Body> optionalLines,
        List<String> optionalNames)
        implements Encoding {}

    /** An exception of this category, before anything is written. */
    record Refused(String category) implements Encoding {}
  }

  /**
   * A frame to octets and back.
   *
   * @param refusal the category of the exception that must come instead
   */
  record RoundTrip(
      String id,
      String area,
      List<Version> versions,
      List<DecoderMode> modes,
      Draft draft,
      Optional<String> refusal)
      implements Case {
    @Override
    public String section() {
      return "roundtrip";
    }
  }

  /** A case about conversations; there is nothing here yet that could run it. */
  record NotRun(String id, String area, String section) implements Case {}

  /**
   * A line that is not a case.
   *
   * @param id the place of the line: file and number
   */
  record Unreadable(String id, String area, String complaint) implements Case {
    @Override
    public String section() {
      return "unreadable";
    }
  }
}
