package io.stompbox.cli.bench;

/** What is measured. The names stand in {@code run.json} and never change. */
enum BenchKind {
  /** Sends, and how long their confirmations take. */
  SEND("send", Count.CONFIRMED),
  /** Receiving what is there or comes. */
  LISTEN("listen", Count.RECEIVED),
  /** A message to a queue of its own and back, one at a time. */
  RTT("rtt", Count.RECEIVED),
  /** Producers and consumers at the same time, and how long messages are on the way. */
  MIXED("mixed", Count.RECEIVED);

  private final String word;
  private final Count work;

  BenchKind(String word, Count work) {
    this.word = word;
    this.work = work;
  }

  String word() {
    return word;
  }

  /** What counts as done, when everything is confirmed. */
  Count work() {
    return work;
  }

  static BenchKind of(String word) {
    for (BenchKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no such kind of bench: '" + word + "'");
  }
}
