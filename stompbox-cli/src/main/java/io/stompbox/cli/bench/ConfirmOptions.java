package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.process.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many producers there are and how their sends are confirmed. */
final class ConfirmOptions {
  private static final int USUAL_WINDOW = 100;

  @Option(
      names = "--producers",
      paramLabel = "N",
      converter = Limits.Producers.class,
      description = "How many threads send. Default: 1")
  private int producers = 1;

  @Option(
      names = "--window",
      paramLabel = "N",
      converter = Limits.Unconfirmed.class,
      description =
          "How many sends of each producer may be unconfirmed. "
              + "0 sends without receipt. Default: 100")
  private @Nullable Integer window;

  @Option(
      names = "--tx",
      paramLabel = "N",
      converter = Limits.Transaction.class,
      description = "Send in transactions of N messages, which are confirmed together.")
  private @Nullable Integer transaction;

  Producing producing(LoadOptions load) {
    if (window != null && transaction != null) {
      throw Failure.usage("--window and --tx exclude each other: a transaction is confirmed whole");
    }
    int unconfirmed = window != null ? window : USUAL_WINDOW;
    if (unconfirmed * (long) producers > Limits.MOST_UNCONFIRMED) {
      throw Failure.usage(
          "more than %,d sends can't be unconfirmed at a time".formatted(Limits.MOST_UNCONFIRMED));
    }
    return new Producing(
        producers,
        load.rate(),
        transaction == null ? unconfirmed : 0,
        transaction == null ? 0 : transaction,
        load.size(),
        load.isPersistent());
  }
}
