package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.ScriptedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code peek}: what is in a queue. */
class PeekTest {
  private static EmbeddedBroker broker;

  private String queue = "";

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameQueue(TestInfo test) {
    queue = "/queue/" + test.getDisplayName().replaceAll("\\W", "-");
  }

  @Test
  void messagesAreShownAndStay() {
    send("1", "red");
    send("2", "blue");

    assertThat(peek().out()).isEqualTo("1\n2\n");
    assertThat(peek().out()).isEqualTo("1\n2\n");
  }

  @Test
  void countEndsItEarlier() {
    send("1", "red");
    send("2", "blue");

    assertThat(peek("-c", "1").out()).isEqualTo("1\n");
  }

  @Test
  void messagesAreWrittenAsListenDoes() {
    send("hi", "red");

    assertThat(peek("-f", "%h{colour} %n %b\\n").out()).isEqualTo("red 1 hi\n");
    assertThat(peek("-o", "raw").out())
        .startsWith("MESSAGE\n")
        .contains("\ncolour:red\n", "\ndestination:" + queue + "\n", "\n\nhi\0\n");
  }

  @Test
  void jsonIsThatOfMessages() {
    send("hi", "red");

    assertThat(peek("-o", "json").out())
        .startsWith("{\"destination\":\"" + queue + "\",\"messageId\":\"")
        .contains("\"colour\":\"red\"", "\"body\":\"hi\"", "\"receivedAt\":\"");
  }

  @Test
  void selectorChooses() {
    send("1", "red");
    send("2", "blue");

    assertThat(peek("--selector", "colour = 'blue'").out()).isEqualTo("2\n");
  }

  @Test
  void emptyQueueIsToldOnStandardError() {
    Cli.Result result = peek();

    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("stompbox: no message in " + queue + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/topic/prices", "/temp-topic/mine"})
  void topicIsRefusedInOneSentenceWithWhatToDoInstead(String topic) {
    assertThat(
            Cli.run("peek", "-s", broker.uri(), topic).assertThatItEndsWith(ExitCode.USAGE).err())
        .isEqualTo(
            "stompbox: "
                + topic
                + " is a topic, which keeps no messages to look at; peek is for queues\n"
                + "  messages of a topic come to those that listen: stompbox listen "
                + topic
                + "\n");
  }

  @Test
  void brokerThatCannotBrowseIsNamedWithWhatToDoInstead() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:RabbitMQ/3.10.8\n\n^@");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          Cli.run("peek", "-s", scripted.uri(), "/queue/a").assertThatItEndsWith(ExitCode.USAGE);

      assertThat(result.err())
          .contains("RabbitMQ can't show a queue over STOMP without taking from it")
          .contains("stompbox listen");
    }
  }

  @Test
  void brokerThatNeverEndsIsATimeOut() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:ActiveMQ/6.3.1\n\n^@");
            peer.receiptFor(peer.expect("SUBSCRIBE"));
            peer.expect("UNSUBSCRIBE");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      assertThat(
              Cli.run("peek", "-s", scripted.uri(), "/queue/a", "--timeout", "3s")
                  .assertThatItEndsWith(ExitCode.TIMED_OUT)
                  .err())
          .contains("the broker did not say where /queue/a ends");
    }
  }

  @Test
  void countMustBePositive() {
    assertThat(Cli.run("peek", "/queue/a", "-c", "0").assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("--count: '0' must be a whole number from 1 to");
  }

  private void send(String body, String colour) {
    Cli.run("send", "-s", broker.uri(), queue, body, "-H", "colour:" + colour, "--receipt")
        .assertThatItEndsWith(ExitCode.OK);
  }

  private Cli.Result peek(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "peek";
    args[1] = "-s";
    args[2] = broker.uri();
    args[3] = queue;
    System.arraycopy(more, 0, args, 4, more.length);
    return Cli.run(args).assertThatItEndsWith(ExitCode.OK);
  }
}
