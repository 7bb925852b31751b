package io.stompbox.cli.demo;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.process.Environment;
import io.stompbox.testkit.EmbeddedBroker;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on a broker of its own what Stompbox is for. */
@Command(
    name = "demo",
    header = "Show what Stompbox does, on a broker of its own.",
    description = {
      "Starts a broker in this process, sends messages with confirmation and acknowledges each, "
          + "cuts the connection in the middle and recovers, commits a transaction and aborts "
          + "another.",
      "Exit code 0 only if no message was lost and every step was seen."
    },
    footer = {"  stompbox demo", "  stompbox demo --messages 100000"})
public final class DemoCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(
      names = "--messages",
      paramLabel = "N",
      converter = Messages.class,
      description = "How many messages to send, at least 2. Default: 10000")
  private int messages = 10_000;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Give up after this time, whatever happens. Default: 60s")
  private Duration limit = Duration.ofSeconds(60);

  public DemoCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    return demo().run(EmbeddedBroker::start).number();
  }

  /** The demo that the options describe. */
  Demo demo() {
    return new Demo(messages, limit, new DemoStory(environment));
  }

  /** Reads a number that has a middle, in which the connection is cut. */
  static final class Messages extends WholeNumber {
    Messages() {
      super(2, Integer.MAX_VALUE);
    }
  }
}
