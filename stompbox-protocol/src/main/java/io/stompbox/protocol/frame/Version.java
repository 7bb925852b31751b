package io.stompbox.protocol.frame;

import java.util.Arrays;
import java.util.Optional;

/** The versions of STOMP. They differ in escapes, line ends, commands and required headers. */
public enum Version {
  /** STOMP 1.0: no escapes at all, no NACK, no heart-beats. */
  V1_0("1.0"),
  /** STOMP 1.1: escapes for backslash, line feed and colon. */
  V1_1("1.1"),
  /** STOMP 1.2: as 1.1, and carriage return has an escape and may end a line before LF. */
  V1_2("1.2");

  private final String text;

  Version(String text) {
    this.text = text;
  }

  /** The version as it stands in a header, for example {@code 1.2}. */
  public String text() {
    return text;
  }

  /** Whether this version is {@code other} or a later one. */
  public boolean atLeast(Version other) {
    return compareTo(other) >= 0;
  }

  /** Whether a message can be refused with NACK; not so in 1.0. */
  public boolean hasNack() {
    return atLeast(V1_1);
  }

  /** Finds the version whose text is exactly {@code text}; empty if there is none. */
  public static Optional<Version> of(String text) {
    return Arrays.stream(values()).filter(version -> version.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
