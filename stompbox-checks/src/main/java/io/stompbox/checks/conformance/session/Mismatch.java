package io.stompbox.checks.conformance.session;

/** What came of a step is not what it wants. */
final class Mismatch extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  Mismatch(String expected, String actual) {
    super(expected + ", but " + actual);
    this.expected = expected;
    this.actual = actual;
  }

  String expected() {
    return expected;
  }

  String actual() {
    return actual;
  }
}
