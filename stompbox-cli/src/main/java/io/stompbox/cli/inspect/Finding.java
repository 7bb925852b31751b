package io.stompbox.cli.inspect;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param value what the broker does, in a few words
 * @param advice what to do about it; empty if there is nothing to do
 */
record Finding(Result result, String value, String advice) {
  /** How it looks. */
  enum Result {
    /** As a program would wish. */
    OK,
    /** Something to know. */
    NOTE,
    /** Not as STOMP has it, or the check could not be made. */
    FAIL,
    /** Does not apply here. */
    SKIP;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it may as well come from a broker that is gone. */
  boolean isTrouble() {
    return result == Result.NOTE || result == Result.FAIL;
  }

  static Finding ok(String value) {
    return new Finding(Result.OK, value, "");
  }

  static Finding note(String value, String advice) {
    return new Finding(Result.NOTE, value, advice);
  }

  static Finding fail(String value, String advice) {
    return new Finding(Result.FAIL, value, advice);
  }

  static Finding skip(String value) {
    return new Finding(Result.SKIP, value, "");
  }
}
