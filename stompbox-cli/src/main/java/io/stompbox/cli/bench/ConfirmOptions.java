package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.process.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many producers there are and how their sends are confirmed. */
final class ConfirmOptions {
  private static final int USUAL_WINDOW = 100;

  private static final int MOST_WINDOW = 1_000_000;

  private static final int MOST_TRANSACTION = 100_000;
  private static final int MOST_PRODUCERS = 1000;

  @Option(
      names = "--producers",
      paramLabel = "N",
      description = "How many threads send. Default: 1")
  private int producers = 1;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = {
        "How many sends of each producer may be unconfirmed.",
        "0 sends without receipt. Default: 100"
      })
  private @Nullable Integer window;

  @Option(
      names = "--tx",
      paramLabel = "N",
      description = "Send in transactions of N messages, which are confirmed together.")
  private @Nullable Integer transaction;

  Producing producing(LoadOptions load) {
    range("--producers", producers, 1, MOST_PRODUCERS);
    if (window != null) {
      range("--window", window, 0, MOST_WINDOW);
    }
    if (transaction != null) {
      range("--tx", transaction, 1, MOST_TRANSACTION);
    }
    if (window != null && transaction != null) {
      throw Failure.usage("--window and --tx exclude each other: a transaction is confirmed whole");
    }
    int unconfirmed = window != null ? window : USUAL_WINDOW;
    if (unconfirmed * (long) producers > MOST_WINDOW) {
      throw Failure.usage(
          "more than %,d sends can't be unconfirmed at a time".formatted(MOST_WINDOW));
    }
    return new Producing(
        producers,
        load.rate(),
        transaction == null ? unconfirmed : 0,
        transaction == null ? 0 : transaction,
        load.size(),
        load.isPersistent());
  }

  static void range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw Failure.usage(name + " must be from " + least + " to " + most + ": " + value);
    }
  }
}
