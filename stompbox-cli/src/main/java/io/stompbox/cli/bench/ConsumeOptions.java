package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many consumers there are and how they receive. */
final class ConsumeOptions {
  @Option(
      names = "--consumers",
      paramLabel = "N",
      converter = Limits.Workers.class,
      description = "How many subscriptions there are, a thread for each. Default: 1")
  private int consumers = 1;

  @Mixin private final ReceiveOptions receive = new ReceiveOptions();

  Consuming consuming() {
    return receive.consuming(consumers);
  }
}
