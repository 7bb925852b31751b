package io.stompbox.checks.conformance.kit;

/** A step did not see what it must see. */
public final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  public Mismatch(String expected, String actual) {
    super("expected " + expected + ", but saw " + actual);
    this.expected = expected;
    this.actual = actual;
  }

  public String expected() {
    return expected;
  }

  public String actual() {
    return actual;
  }
}
