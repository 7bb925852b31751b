package io.stompbox.cli.message;

import io.stompbox.client.Outcome;

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
    if (outcome instanceof Outcome.Rejected) {
      return REFUSED;
    }
    return outcome instanceof Outcome.NotSent ? NOT_SENT : UNKNOWN;
  }

  String text() {
    return text;
  }
}
