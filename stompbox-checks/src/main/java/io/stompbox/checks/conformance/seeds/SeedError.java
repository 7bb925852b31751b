package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Category;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An error that a PARSE case wants.
 *
 * @param faults what our decoder may call it; empty if the name is none of the table, then anything
 * @param strictness who reports it
 */
record SeedError(Set<Fault> faults, Strictness strictness) {
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

  private static final String ERROR = "error ";

  private static final Map<String, SeedError> TABLE =
      Map.of(
          "no NUL after content-length", of(Strictness.ALL, Fault.MISSING_NUL),
          "bad content-length", of(Strictness.ALL, Fault.BAD_CONTENT_LENGTH),
          "bad command", of(Strictness.STRICT, Fault.BAD_COMMAND, Fault.BAD_EOL),
          "bad escape", of(Strictness.STRICT_IF_CARRIAGE_RETURN, Fault.UNDEFINED_ESCAPE),
          "body not allowed", of(Strictness.NOT_IN_1_0, Fault.BODY_NOT_ALLOWED),
          "bad UTF-8", of(Strictness.STRICT, Fault.BAD_UTF8));

  /** A header line without a name, which the seeds accept. */
  static final SeedError EMPTY_HEADER_NAME = of(Strictness.ALL, Fault.EMPTY_HEADER_NAME);

  /** A CR inside a line of STOMP 1.2, which the seeds keep. */
  static final SeedError BARE_CR = of(Strictness.ALL, Fault.BARE_CR);

  private static SeedError of(Strictness strictness, Fault... faults) {
    return new SeedError(Set.of(faults), strictness);
  }

  static SeedError named(String name) {
    return TABLE.getOrDefault(name, new SeedError(Set.of(), Strictness.STRICT));
  }

  /** Whether a decoder in this mode may go on. */
  boolean isOptional(Version version, DecoderMode mode, Body octets) {
    boolean tolerant = mode == DecoderMode.TOLERANT;
    return switch (strictness) {
      case ALL -> false;
      case STRICT -> tolerant;
      case STRICT_IF_CARRIAGE_RETURN ->
          tolerant && version == Version.V1_1 && hasEscapedCarriageReturn(octets);
      case NOT_IN_1_0 -> version == Version.V1_0;
    };
  }

  static boolean hasEscapedCarriageReturn(Body octets) {
    return octets.text(StandardCharsets.ISO_8859_1).contains("\\r");
  }

  /** Whether {@code end} is this error. */
  boolean isShownAs(String end) {
    return end.startsWith(ERROR)
        && !end.contains(",")
        && (faults.isEmpty() || names().contains(end.substring(ERROR.length())));
  }

  String text() {
    return ERROR + (faults.isEmpty() ? "of any kind" : String.join(" or ", names()));
  }

  private List<String> names() {
    return faults.stream().map(Category::of).sorted().toList();
  }
}
