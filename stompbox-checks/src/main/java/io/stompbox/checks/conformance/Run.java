package io.stompbox.checks.conformance;

/**
 * One try of a case.
 *
 * @param way version, mode, cutting and kind of buffer
 */
record Run(String way, boolean passed, String expected, String actual) {
  /** Returns a run that passes if both texts are equal. */
  static Run compare(String way, String expected, String actual) {
    return new Run(way, expected.equals(actual), expected, actual);
  }
}
