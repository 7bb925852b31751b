package io.stompbox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static final Pattern ROW = Pattern.compile("^(\\w+) +([\\d,]+)(?: |$)");

  @Test
  void demoSeesEveryStepAndLosesNothing() {
    Cli.Result result = Cli.run("demo", "--messages", "3000").assertThatItEndsWith(ExitCode.OK);

    for (DemoStep step : DemoStep.values()) {
      assertThat(result.out()).containsPattern("(?m)^ *\\d+ +[\\d.]+ s  " + step.title() + " ");
    }
    assertThat(result.out())
        .containsSubsequence(
            DemoStep.CUT.title(), DemoStep.LOST.title(), DemoStep.RECOVERED.title());
    assertThat(result.out()).contains("Every step was seen, and no message was lost.");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void summaryAddsUp() {
    Map<String, Integer> summary = summary(Cli.run("demo", "--messages", "500").out());

    assertThat(summary)
        .containsEntry("sent", 500)
        .containsEntry("confirmed", 500)
        .containsEntry("received", 500)
        .containsEntry("lost", 0)
        .containsKeys("redelivered", "duplicates");
  }

  @Test
  void fewestMessagesAreTwo() {
    Cli.run("demo", "--messages", "2").assertThatItEndsWith(ExitCode.OK);
  }

  @Test
  void messageThatSomebodyElseTakesIsMissed() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        StompClient thief = StompClient.connect(broker.uri())) {
      CountDownLatch stolen = steal(thief);
      Cli cli = new Cli();
      Demo demo = new Demo(3000, Duration.ofSeconds(30), new DemoStory(cli.environment()));

      assertThatThrownBy(() -> demo.run(() -> broker))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo(ExitCode.UNEXPECTED))
          .hasMessageContaining("1 of 3,000 messages lost")
          .hasMessageContaining("not seen: all received");
      assertThat(stolen.getCount()).isZero();
    }
  }

  /**
   * Takes the first message of the demo, and no other. It is confirmed long before the connection
   * is cut, so it is not sent again.
   */
  private static CountDownLatch steal(StompClient thief) {
    CountDownLatch stolen = new CountDownLatch(1);
    SubscribeOptions one = SubscribeOptions.defaults().with(Acknowledgement.MANUAL).withPrefetch(1);
    thief.subscribe(
        Demo.QUEUE,
        one,
        (Delivery delivery) -> {
          if (stolen.getCount() == 1) {
            delivery.ack();
            stolen.countDown();
            Subscription subscription = delivery.subscription();
            subscription.close();
          }
        });
    return stolen;
  }

  @Test
  void demoThatTakesTooLongEndsByItself() {
    CountDownLatch never = new CountDownLatch(1);
    Cli cli = new Cli();
    Demo demo = new Demo(10, Duration.ofMillis(200), new DemoStory(cli.environment()));

    assertThatThrownBy(
            () ->
                demo.run(
                    () -> {
                      awaitUninterruptibly(never);
                      throw new AssertionError("nobody counts down");
                    }))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not seen: broker started")
        .satisfies(
            failure ->
                assertThat(((Failure) failure).advice())
                    .singleElement()
                    .asString()
                    .isEqualTo("reason: it took longer than 200ms"));
    assertThat(cli.out()).contains("Cut short by --limit 200ms");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void demoThatNobodyReadsEnds() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    Cli.Result result =
        new Cli()
            .reader(closed)
            .call("demo", "--messages", "10")
            .assertThatItEndsWith(ExitCode.CLOSED_PIPE);

    assertThat(result.err()).isEmpty();
  }

  @Test
  void ctrlCEndsTheDemo() throws Exception {
    Cli cli = new Cli().start("demo", "--messages", "1000000").awaitOut("sending");

    cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);
  }

  private static Map<String, Integer> summary(String story) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    story
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::find)
        .forEach(row -> rows.put(row.group(1), Integer.valueOf(row.group(2).replace(",", ""))));
    return rows;
  }
}
