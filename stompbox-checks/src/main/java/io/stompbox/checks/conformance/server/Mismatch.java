package io.stompbox.checks.conformance.server;

/** A step did not see what it must see. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  Mismatch(String expected, String actual) {
    super("expected " + expected + ", but saw " + actual);
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
