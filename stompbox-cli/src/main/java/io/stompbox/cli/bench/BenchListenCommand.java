package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.process.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures receiving. */
@Command(
    name = "listen",
    header = "Measure how fast messages are received.",
    description =
        "Takes what is there or comes, whoever has sent it; mixed tells how long messages take.",
    footer = {
      "  stompbox bench listen /queue/b -n 100000 --ack client",
      "  stompbox bench listen /queue/b --consumers 4 --for 30s --wait 5s"
    })
final class BenchListenCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DEST",
      description = "Where from. Default: " + BenchJob.DESTINATION)
  private String destination = BenchJob.DESTINATION;

  @Mixin private final ConsumeOptions consume = new ConsumeOptions();
  @Mixin private final BenchJob job;

  BenchListenCommand(Environment environment) {
    this.job = new BenchJob(environment);
  }

  @Override
  public Integer call() {
    return job.run(plan());
  }

  /** What the options describe. */
  BenchPlan plan() {
    Consuming consuming = consume.consuming();
    return new BenchPlan(
        BenchKind.LISTEN,
        destination,
        job.options().connections(consuming.consumers()),
        job.options().extent(),
        Producing.nothing(),
        consuming);
  }
}
