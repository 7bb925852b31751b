package io.stompbox.checks.conformance.kit;

/**
 * One try of a case.
 *
 * @param way version, mode, cutting and kind of buffer
 */
public record Run(String way, boolean passed, String expected, String actual) {
  /** Returns a run that passes if both texts are equal. */
  public static Run compare(String way, String expected, String actual) {
    return new Run(way, expected.equals(actual), expected, actual);
  }
}
