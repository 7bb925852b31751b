package io.stompbox.cli.inspect;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.Endpoint;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.client.Connection;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures whether and how fast a broker answers. */
@Command(
    name = "ping",
    header = "Connect, and measure how long the broker takes to answer.",
    description = {
      "Each round trip is a BEGIN with a receipt, and its ABORT: nothing is left at the broker.",
      "Ctrl-C ends it with what was measured. With -q nothing is shown but failures."
    },
    footer = {
      "  stompbox ping -s stomp://broker:61613",
      "  stompbox ping -c 100 --interval 50ms",
      "  stompbox ping -q -c 1 && echo the broker is there"
    })
public final class PingCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      converter = WholeNumber.NotNegative.class,
      description = "How many round trips; 0 goes on until Ctrl-C. Default: 3")
  private int count = 3;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to wait between them. Default: 1s")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfReport.class,
      completionCandidates = OutputForm.OfReport.class,
      description = "text or json. Default: text")
  private OutputForm form = OutputForm.TEXT;

  @Mixin private final ConnectionOptions connection;

  public PingCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() {
    Endpoint endpoint = connection.endpoint();
    long start = System.nanoTime();
    try (Connection open = endpoint.open()) {
      Duration connecting = Duration.ofNanos(System.nanoTime() - start);
      PingReport report =
          new PingReport(new Output(environment.out()), form, environment.manner().isQuiet());
      report.connected(open, connecting);
      return ping(open, report).number();
    }
  }

  private ExitCode ping(Connection open, PingReport report) {
    Pinger pinger = new Pinger(open, connection.timeout());
    try {
      for (int i = 1; count == 0 || i <= count; i++) {
        report.roundTrip(i, pinger.roundTrip());
        if (i != count) {
          Thread.sleep(interval.toMillis());
        }
      }
      report.end();
      return ExitCode.OK;
    } catch (InterruptedException e) {
      report.end();
      return ExitCode.INTERRUPTED;
    } catch (StompException e) {
      report.end();
      throw Failure.during("BEGIN", e);
    }
  }
}
