package io.stompbox.cli.message;

import io.stompbox.client.Outcome;
import io.stompbox.client.PoisonMessageException;

/** What became of a message that was sent. */
enum Fate {
  CONFIRMED("confirmed"),
  REFUSED("refused"),
  UNKNOWN("unknown"),
  NOT_SENT("not sent");

  private final String text;

  Fate(String text) {
    this.text = text;
  }

  static Fate of(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed) {
      return CONFIRMED;
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      // A broker that ends connections without a word may have refused it, or handled it.
      return rejected.cause() instanceof PoisonMessageException ? UNKNOWN : REFUSED;
    }
    return outcome instanceof Outcome.NotSent ? NOT_SENT : UNKNOWN;
  }

  String text() {
    return text;
  }
}
