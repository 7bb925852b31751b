package io.stompbox.cli.message;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.EmbeddedBroker;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker for all tests of a class, with a queue for each of them. */
final class LiveBroker implements AfterAllCallback, BeforeEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private String queue = "";

  @Override
  public void afterAll(ExtensionContext context) {
    broker.close();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    queue = "/queue/" + context.getDisplayName().replaceAll("\\W", "-");
  }

  String uri() {
    return broker.uri();
  }

  /** One for each test. */
  String queue() {
    return queue;
  }

  /** The arguments of a verb for the queue of the test. */
  String[] args(String verb, String... more) {
    return Stream.concat(Stream.of(verb, "-s", uri(), queue), Stream.of(more))
        .toArray(String[]::new);
  }

  /** Runs a verb with the queue of the test. */
  Cli.Result run(String verb, String... more) {
    return Cli.run(args(verb, more));
  }

  void send(String... bodies) {
    for (String body : bodies) {
      run("send", body).assertThatItEndsWith(ExitCode.OK);
    }
  }

  /** What listening for so many messages writes. */
  String listen(int count) {
    return run("listen", "-c", "" + count, "--wait", "20s").assertThatItEndsWith(ExitCode.OK).out();
  }

  void assertThatNothingIsLeft() {
    run("listen", "--wait", "200ms").assertThatItEndsWith(ExitCode.TIMED_OUT);
  }

  /** Takes one message as it is. */
  Delivery take(String destination) throws InterruptedException {
    try (StompClient client = StompClient.connect(uri())) {
      Delivery message = client.subscribe(destination).receive(PATIENCE).orElseThrow();
      message.ack();
      return message;
    }
  }
}
