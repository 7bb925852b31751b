package io.stompbox.cli.bench;

import io.stompbox.cli.process.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code bench}, whose subcommands measure. */
@Command(
    name = "bench",
    header = "Measure a broker.",
    synopsisSubcommandLabel = "send|listen|rtt|mixed",
    description = {
      "Runs a load and says how fast it went and how long messages took.",
      "Latency counts from the moment at which a message was due: at a fixed --rate a broker that "
          + "stalls is charged with everything that had to wait meanwhile (no coordinated "
          + "omission). Messages that did not come are lost; those of which nothing says whether "
          + "the broker has them, as it did not answer any more, are unknown.",
      "Exit code 8 if not everything is accounted for, 9 if a --fail-if threshold was missed."
    },
    footer = {
      "  stompbox bench send --embedded --for 5s           confirmed sends, as fast as possible",
      "  stompbox bench mixed /queue/b --rate 5000 --for 30s --out run1",
      "  stompbox bench rtt --embedded -n 1000 --fail-if 'p99>50ms'",
      "  stompbox report run1/run.json run2/run.json --html compared.html"
    })
public final class BenchCommand {
  private BenchCommand() {}

  /** Returns it with its subcommands. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new BenchSendCommand(environment))
        .addSubcommand(new BenchListenCommand(environment))
        .addSubcommand(new BenchRttCommand(environment))
        .addSubcommand(new BenchMixedCommand(environment));
  }
}
