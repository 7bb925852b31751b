package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.process.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures round trips. */
@Command(
    name = "rtt",
    header = "Measure round trips: to a queue and back, one at a time.",
    description =
        "Each pair of sender and receiver has a queue of its own, whose name begins with DEST.",
    footer = {
      "  stompbox bench rtt --embedded -n 10000 --warmup 2s",
      "  stompbox bench rtt --pairs 10 --rate 1000 --for 30s"
    })
final class BenchRttCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DEST",
      description = "How the queues' names begin. Default: " + BenchJob.DESTINATION)
  private String destination = BenchJob.DESTINATION;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      converter = Limits.Workers.class,
      description = "How many round trips go on at the same time. Default: 1")
  private int pairs = 1;

  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final ReceiveOptions receive = new ReceiveOptions();
  @Mixin private final BenchJob job;

  BenchRttCommand(Environment environment) {
    this.job = new BenchJob(environment);
  }

  @Override
  public Integer call() {
    return job.run(plan());
  }

  /** What the options describe. */
  BenchPlan plan() {
    return new BenchPlan(
        BenchKind.RTT,
        destination,
        job.options().connections(pairs),
        job.options().extent(),
        new Producing(pairs, load.rate(), 0, 0, load.size(), load.isPersistent()),
        receive.consuming(0));
  }
}
