package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.process.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures producers and consumers together. */
@Command(
    name = "mixed",
    header = "Measure producers and consumers at the same time, and how long messages take.",
    description = {
      "Each message says when it was due; its latency ends when a consumer has it.",
      "Of a queue one consumer gets each message, of /topic/... all do. Messages of others that "
          + "are in the queue are taken and not counted."
    },
    footer = {
      "  stompbox bench mixed --embedded --rate 5000 --for 20s --warmup 5s --out run1",
      "  stompbox bench mixed /topic/b --producers 2 --consumers 8 --fail-if 'p99.9>20ms'"
    })
final class BenchMixedCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DEST",
      description = "Where to and from. Default: " + BenchJob.DESTINATION)
  private String destination = BenchJob.DESTINATION;

  @Mixin private final ConfirmOptions confirm = new ConfirmOptions();
  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final ConsumeOptions consume = new ConsumeOptions();
  @Mixin private final BenchJob job;

  BenchMixedCommand(Environment environment) {
    this.job = new BenchJob(environment);
  }

  @Override
  public Integer call() {
    return job.run(plan());
  }

  /** What the options describe. */
  BenchPlan plan() {
    Producing producing = confirm.producing(load);
    Consuming consuming = consume.consuming();
    return new BenchPlan(
        BenchKind.MIXED,
        destination,
        job.options().connections(producing.producers() + consuming.consumers()),
        job.options().extent(),
        producing,
        consuming);
  }
}
