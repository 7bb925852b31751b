package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.process.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures sends. */
@Command(
    name = "send",
    header = "Measure sends and how long their confirmations take.",
    description = "What is sent stays with the broker: use a queue that may be thrown away.",
    footer = {
      "  stompbox bench send --embedded -n 100000              100 sends in flight",
      "  stompbox bench send --embedded --for 10s --window 0   without receipts: no latency",
      "  stompbox bench send /queue/b --rate 2000 --persistent --producers 4 --out run1"
    })
final class BenchSendCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DEST",
      description = "Where to. Default: " + BenchJob.DESTINATION)
  private String destination = BenchJob.DESTINATION;

  @Mixin private final ConfirmOptions confirm = new ConfirmOptions();
  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final BenchJob job;

  BenchSendCommand(Environment environment) {
    this.job = new BenchJob(environment);
  }

  @Override
  public Integer call() {
    return job.run(plan());
  }

  /** What the options describe. */
  BenchPlan plan() {
    Producing producing = confirm.producing(load);
    return new BenchPlan(
        BenchKind.SEND,
        destination,
        job.options().connections(producing.producers()),
        job.options().extent(),
        producing,
        ReceiveOptions.nothing());
  }

  RunOptions run() {
    return job.options();
  }
}
