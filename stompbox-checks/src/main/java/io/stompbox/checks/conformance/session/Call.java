package io.stompbox.checks.conformance.session;

import org.jspecify.annotations.Nullable;

/** A call of the program and what became of it. Safe to share between threads. */
final class Call {
  private final String name;
  private @Nullable String refusal;
  private @Nullable Seen outcome;

  Call(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Nothing came of it: the caller made a mistake. */
  synchronized void refuse(String category) {
    refusal = category;
  }

  /** It is over; the first word counts. */
  synchronized void finish(Seen how) {
    if (outcome == null) {
      outcome = how;
    }
  }

  /** The category of the mistake; null if there is none. */
  synchronized @Nullable String refusal() {
    return refusal;
  }

  /** What came of it; null while that is not known. */
  synchronized @Nullable Seen outcome() {
    return outcome;
  }

  /** An outcome of a call that did what it should. */
  static Seen ok(@Nullable String... namesAndValues) {
    Seen seen = Seen.of("result", namesAndValues);
    seen.details().put("ok", "true");
    return seen;
  }

  /** An outcome of a call that failed. */
  static Seen failed(String error, @Nullable String... namesAndValues) {
    Seen seen = Seen.of("result", namesAndValues);
    seen.details().put("ok", "false");
    seen.details().put("error", error);
    return seen;
  }

  @Override
  public synchronized String toString() {
    return name
        + (refusal == null ? "" : " refused: " + refusal)
        + (outcome == null ? " (pending)" : " " + outcome.details());
  }
}
