package io.stompbox.cli.bench;

/** What is counted. The names stand in {@code run.json} and never change. */
enum Count {
  /** Messages that the client took. */
  SENT("sent"),
  /** Sends whose receipt came, by themselves or with their transaction. */
  CONFIRMED("confirmed"),
  /** Messages that arrived, second copies left out. */
  RECEIVED("received"),
  /** Second copies. */
  DUPLICATES("duplicates"),
  /** Sends that were refused or never written, and what else went wrong. */
  ERRORS("errors"),
  /** Connections that were lost and made again. */
  RECONNECTS("reconnects");

  private final String word;

  Count(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static Count of(String word) {
    for (Count count : values()) {
      if (count.word.equals(word)) {
        return count;
      }
    }
    throw new IllegalArgumentException("nothing is counted as '" + word + "'");
  }
}
