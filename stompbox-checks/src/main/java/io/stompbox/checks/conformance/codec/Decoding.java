package io.stompbox.checks.conformance.codec;

import io.stompbox.checks.conformance.kit.FrameText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * A header that is asked for by its name.
   *
   * @param value null if the frame must not have it
   */
  record Lookup(String name, @Nullable String value) {}
}
