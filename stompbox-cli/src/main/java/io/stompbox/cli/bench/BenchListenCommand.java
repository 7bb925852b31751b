package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.process.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures receiving. */
@Command(
    name = "listen",
    header = "Measure how fast messages are received.",
    description = {
      "Takes what is there or comes, whoever has sent it; mixed tells how long messages take."
    },
    footer = {
      "  stompbox bench listen /queue/b -n 100000 --ack client",
      "  stompbox bench listen /queue/b --consumers 4 --for 30s --wait 5s"
    })
final class BenchListenCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "DEST",
      description = "Where from. Default: " + BenchJob.DESTINATION)
  private String destination = BenchJob.DESTINATION;

  @Option(
      names = "--consumers",
      paramLabel = "N",
      converter = Limits.Workers.class,
      description = "How many subscriptions there are, a thread for each. Default: 1")
  private int consumers = 1;

  @Mixin private final ReceiveOptions receive = new ReceiveOptions();
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ConnectionOptions connection;

  BenchListenCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() {
    return new BenchJob(environment, connection, run).run(plan()).number();
  }

  /** What the options describe. */
  BenchPlan plan() {
    Consuming consuming = receive.consuming(consumers);
    return new BenchPlan(
        BenchKind.LISTEN,
        destination,
        run.connections(consumers),
        run.extent(),
        Producing.nothing(),
        consuming);
  }
}
