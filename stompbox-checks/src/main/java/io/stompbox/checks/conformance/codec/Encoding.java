package io.stompbox.checks.conformance.codec;

import io.stompbox.protocol.frame.Body;
import java.util.List;

/** What encoding must give. */
public sealed interface Encoding {
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

  /** An exception of one of these categories, before anything is written. */
  record Refused(List<String> categories) implements Encoding {}
}
