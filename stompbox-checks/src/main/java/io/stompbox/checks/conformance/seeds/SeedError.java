package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Category;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An error that a PARSE case wants.
 *
 * @param fault what our decoder calls it; empty if the name is none of the table, then any will do
 * @param strictness who reports it
 */
record SeedError(Optional<Fault> fault, Strictness strictness) {
  /** Which decoders report an error; the others go on, as the decisions of the design want. */
  enum Strictness {
    /** Each of them. */
    ALL,
    /** Strict ones. */
    STRICT,
    /** All but the tolerant ones in STOMP 1.1 where the escape is that of a CR. */
    STRICT_IF_CARRIAGE_RETURN,
    /** All from STOMP 1.1 on. */
    NOT_IN_1_0
  }

  private static final Map<String, SeedError> TABLE =
      Map.of(
          "no NUL after content-length", of(Fault.MISSING_NUL, Strictness.ALL),
          "bad content-length", of(Fault.BAD_CONTENT_LENGTH, Strictness.ALL),
          "bad command", of(Fault.BAD_COMMAND, Strictness.STRICT),
          "bad escape", of(Fault.UNDEFINED_ESCAPE, Strictness.STRICT_IF_CARRIAGE_RETURN),
          "body not allowed", of(Fault.BODY_NOT_ALLOWED, Strictness.NOT_IN_1_0),
          "bad UTF-8", of(Fault.BAD_UTF8, Strictness.STRICT));

  /** A header line without a name, which the seeds accept. */
  static final SeedError EMPTY_HEADER_NAME = of(Fault.EMPTY_HEADER_NAME, Strictness.ALL);

  private static SeedError of(Fault fault, Strictness strictness) {
    return new SeedError(Optional.of(fault), strictness);
  }

  static SeedError named(String name) {
    return TABLE.getOrDefault(name, new SeedError(Optional.empty(), Strictness.STRICT));
  }

  /** Whether a decoder in this mode may go on. */
  boolean isOptional(Version version, DecoderMode mode, Body octets) {
    boolean tolerant = mode == DecoderMode.TOLERANT;
    return switch (strictness) {
      case ALL -> false;
      case STRICT -> tolerant;
      case STRICT_IF_CARRIAGE_RETURN ->
          tolerant
              && version == Version.V1_1
              && octets.text(StandardCharsets.ISO_8859_1).contains("\\r");
      case NOT_IN_1_0 -> version == Version.V1_0;
    };
  }

  /** Whether {@code end} is this error. */
  boolean isShownAs(String end) {
    return end.startsWith("error ")
        && !end.contains(",")
        && (fault.isEmpty() || end.equals(text()));
  }

  String text() {
    return "error " + fault.map(Category::of).orElse("of any kind");
  }
}
