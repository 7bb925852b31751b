package io.stompbox.checks.conformance.kit;

/** A step did not see what it must see. */
public final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  /** Both read as the rest of a sentence: "expected" one, "but saw" the other. */
  public Mismatch(String expected, String actual) {
    super("expected " + expected + ", but saw " + actual);
    this.expected = expected;
    this.actual = actual;
  }

  /**
   * Throws one if a step does not hold.
   *
   * @param seen what there is instead; shown as text
   */
  public static void unless(boolean holds, String expected, Object seen) {
    if (!holds) {
      throw new Mismatch(expected, seen.toString());
    }
  }

  /** What the step wants. */
  public String expected() {
    return expected;
  }

  /** What it saw instead. */
  public String actual() {
    return actual;
  }
}
