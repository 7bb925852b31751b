package io.stompbox.cli.inspect;

import io.stompbox.cli.connection.Ports;
import io.stompbox.cli.connection.SettingNames;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverSchedule;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a failover URI comes to. */
@Command(
    name = "failover",
    header = "Show which brokers a URI tries, in which order and after which delays.",
    description = "Nothing is connected to and no name is looked up.",
    footer = {
      "  stompbox failover 'failover:(stomp://a,stomp://b)?randomize=false'",
      "  stompbox failover 'failover:(stomp://a,stomp://b)' --seed 7 -c 20 -o json"
    })
public final class FailoverCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "URI", description = "failover:(URI,URI)?OPTIONS, or one broker.")
  private String uri = "";

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      converter = WholeNumber.NotNegative.class,
      description = "Show at most so many attempts. Default: 10")
  private int count = 10;

  @Option(
      names = "--lost",
      description = "Begin where a connection was lost, not where there was none yet.")
  private boolean lost;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = WholeNumber.Any.class,
      description = "Draw order and jitter from this seed, to see the same again.")
  private @Nullable Long seed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfReport.class,
      completionCandidates = OutputForm.OfReport.class,
      description = "text or json. Default: text")
  private OutputForm form = OutputForm.TEXT;

  public FailoverCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    FailoverUri parsed = parse();
    if (Context.hasPassword(uri)) {
      environment.insist(
          "warning: a password in the URI shows in process lists; leave it out here");
    }
    ReconnectPolicy policy = StompClient.builder(uri).reconnectPolicy();
    FailoverListing listing =
        new FailoverListing(parsed, policy, new Output(environment.out()), form);
    listing.showPolicy();
    listing.showAttempts(schedule(parsed, policy), count);
    return ExitCode.OK.number();
  }

  /** What is no option of failover is a setting of the client, which checks its name and value. */
  private FailoverUri parse() {
    try {
      FailoverUri parsed =
          FailoverUri.parse(uri, name -> !FailoverUri.optionNames().contains(name));
      SettingNames.check(parsed);
      Ports.check(parsed);
      StompClient.builder(uri);
      return parsed;
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private FailoverSchedule schedule(FailoverUri parsed, ReconnectPolicy policy) {
    FailoverSchedule schedule =
        new FailoverSchedule(
            parsed.brokers(),
            policy,
            seed == null ? new Random() : new Random(seed),
            BrokerAddress::isLoopbackName);
    if (lost) {
      schedule.restart();
    }
    return schedule;
  }
}
