package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;

/** Which bodies a version can carry, and what content-length may say of them. */
final class BodyRules {
  private final Version version;
  private final boolean lengthOmitted;

  BodyRules(Version version, EncoderOptions options) {
    this.version = version;
    this.lengthOmitted = options.contentLength() == ContentLength.OMITTED;
  }

  /** Whether content-length is left out, so that the first NUL ends a body. */
  boolean isLengthOmitted() {
    return lengthOmitted;
  }

  /** Refuses a body of so many octets where the version knows none. */
  void checkAllowed(Command command, int octets) {
    if (octets > 0 && !command.allowsBody(version)) {
      throw notAllowed(command, octets == 1 ? "1 octet" : octets + " octets");
    }
  }

  /** Refuses a body that follows in chunks where the version knows none. */
  void checkChunksAllowed(Command command) {
    if (!command.allowsBody(version)) {
      throw notAllowed(command, "one that follows in chunks");
    }
  }

  private IllegalFrameException notAllowed(Command command, String body) {
    return new IllegalFrameException(
        Reason.BODY_NOT_ALLOWED,
        command + " may not have a body in STOMP " + version + ", but has " + body);
  }

  /** Refuses a NUL in a body whose content-length is left out, which it would end. */
  static void checkNul(boolean hasNul) {
    if (hasNul) {
      throw new IllegalFrameException(
          Reason.NUL_NEEDS_CONTENT_LENGTH,
          "the body has a NUL octet, so content-length can't be left out");
    }
  }

  /** Returns the refusal of a content-length that is not that of the body. */
  static IllegalFrameException wrongLength(String value, long length) {
    return new IllegalFrameException(
        Reason.BAD_CONTENT_LENGTH,
        "content-length is set to '"
            + value
            + "' but the size of the body is "
            + length
            + "; leave it out, it is written by itself");
  }

  /**
   * Returns the length that a content-length header announces.
   *
   * @throws IllegalFrameException if it is no such number
   */
  static long announced(String value) {
    long length = number(value);
    if (length < 0) {
      throw new IllegalFrameException(
          Reason.BAD_CONTENT_LENGTH,
          "content-length must be decimal digits that fit 63 bits, but is '" + value + "'");
    }
    return length;
  }

  /** Returns the number that is written so, without sign and needless zeros; -1 if none is. */
  static long number(String value) {
    long number = value.isEmpty() || (value.length() > 1 && value.charAt(0) == '0') ? -1 : 0;
    for (int i = 0; i < value.length() && number >= 0; i++) {
      int digit = value.charAt(i) - '0';
      boolean isPossible = digit >= 0 && digit <= 9 && number <= (Long.MAX_VALUE - digit) / 10;
      number = isPossible ? number * 10 + digit : -1;
    }
    return number;
  }
}
