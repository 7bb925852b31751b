package io.stompbox.cli.bench;

import io.stompbox.cli.connection.WholeNumber;

/** How far a bench goes. */
final class Limits {
  static final int MOST_UNCONFIRMED = 1_000_000;
  private static final int MOST_WORKERS = 10_000;
  private static final int MOST_PRODUCERS = 1000;
  private static final int LARGEST_TRANSACTION = 100_000;

  private Limits() {}

  /** Threads and connections. */
  static final class Workers extends WholeNumber {
    Workers() {
      super(1, MOST_WORKERS);
    }
  }

  /** Threads that send. */
  static final class Producers extends WholeNumber {
    Producers() {
      super(1, MOST_PRODUCERS);
    }
  }

  /** Messages whose confirmation is open; 0 has a meaning of its own. */
  static final class Unconfirmed extends WholeNumber {
    Unconfirmed() {
      super(0, MOST_UNCONFIRMED);
    }
  }

  /** Messages of a transaction. */
  static final class Transaction extends WholeNumber {
    Transaction() {
      super(1, LARGEST_TRANSACTION);
    }
  }
}
