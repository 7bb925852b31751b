package io.stompbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.ScriptedBroker.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between the command and a broker: the exit code, the sentence, the advice. */
class FailuresTest {
  @Test
  void refusedConnectionAsksWhetherABrokerIsThere() throws Exception {
    String uri = "stomp://127.0.0.1:" + unusedPort();

    Cli.Result result =
        Cli.run("send", "-s", uri, "/queue/a", "x").assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(result.err().lines())
        .containsExactly(
            "stompbox: cannot connect to " + uri + ": Connection refused",
            "  is a broker running there, and is STOMP enabled on this port?",
            "  ActiveMQ and RabbitMQ use 61613; 61614 is often TLS: try stomp+ssl://");
  }

  @Test
  void unknownHostIsNamedWithItsOption() {
    Cli.Result result =
        Cli.run("listen", "-s", "stomp://no.such.host.invalid", "/queue/a")
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(result.err())
        .contains("stomp://no.such.host.invalid:61613: the host name is not known")
        .contains("check the host in --server, STOMPBOX_URI or the context");
  }

  @Test
  void lastOfSeveralBrokersIsReported() throws Exception {
    String dead = "stomp://127.0.0.1:" + unusedPort();

    Cli.Result result =
        Cli.run("send", "-s", "failover:(" + dead + "," + dead + ")", "/queue/a", "x")
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(result.err()).contains("Connection refused", "the last of 2 attempts");
  }

  @Test
  void tlsToAPlainPortSaysSo() {
    withScript(
        peer -> peer.send("ERROR\nmessage:I don't speak TLS\n\n^@"),
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", "stomp+ssl://127.0.0.1:" + broker.port(), "/queue/a", "x")
                  .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
          assertThat(result.err()).contains("the port does not speak TLS: try stomp://");
        });
  }

  @Test
  void whoInterruptsConnectingIsNotAskedWhetherABrokerIsThere() throws Exception {
    String uri = "stomp://127.0.0.1:" + unusedPort();
    Thread.currentThread().interrupt();

    Cli.Result result = Cli.run("send", "-s", uri, "/queue/a", "x");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.assertThatItEndsWith(ExitCode.INTERRUPTED).err()).isEmpty();
  }

  @Test
  void bodyThatIsTooLargeForMemoryIsNothingToReport() {
    Failure failure = Failure.of(new OutOfMemoryError("Required array size too large"));

    assertThat(failure).hasMessage("not enough memory: Required array size too large");
    assertThat(failure.advice()).anyMatch(line -> line.contains("-Xmx"));
  }

  @Test
  void portThatHangsUpMayBeNoStompPort() {
    withScript(
        peer -> peer.expect("CONNECT"),
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "/queue/a", "x")
                  .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
          assertThat(result.err()).contains(broker.uri(), "is it a STOMP port?");
        });
  }

  @Test
  void portOfAnotherProtocolIsNoStompBroker() {
    withScript(
        peer -> {
          peer.expect("CONNECT");
          peer.send("HTTP/1.1 400 Bad Request\r\n\r\n^@");
        },
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "/queue/a", "x")
                  .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
          assertThat(result.err()).contains("no STOMP broker at " + broker.uri());
        });
  }

  @Test
  void whatABrokerSendsIsNoCommandForATerminal() {
    withScript(
        peer -> {
          peer.expect("CONNECT");
          peer.send("CONNECTED\nversion:\u001b[2J\n\n^@");
        },
        broker ->
            assertThat(Cli.run("-v", "send", "-s", broker.uri(), "/queue/a", "x").err())
                .contains("[2J")
                .doesNotContain("\u001b"));
  }

  @Test
  void silentBrokerIsATimeOut() {
    withScript(
        peer -> {
          peer.expect("CONNECT");
          peer.expectEnd();
        },
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "--timeout", "300ms", "/queue/a", "x")
                  .assertThatItEndsWith(ExitCode.TIMED_OUT);
          assertThat(result.err())
              .contains("did not answer CONNECT within 300ms", "--timeout sets how long to wait");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Access refused for user 'guest'|-u and --ask-password",
        "Virtual host '127.0.0.1' access denied|--vhost",
        "Supported protocol versions are 1.2|--protocol auto"
      })
  void refusalAtConnectHasTheBrokersWordsAndTheNextStep(String words, String advice) {
    withScript(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:Bad CONNECT\nserver:RabbitMQ/3.10.8\n\n" + words + "\n^@");
        },
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "/queue/a", "x")
                  .assertThatItEndsWith(ExitCode.REFUSED);
          assertThat(result.err())
              .contains("broker refused CONNECT to " + broker.uri(), words, "RabbitMQ/3.10.8")
              .contains(advice);
        });
  }

  @Test
  void versionThatWasNotOfferedIsARefusal() {
    withScript(
        peer -> peer.handshake("1.2"),
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "--protocol", "1.1", "/queue/a", "x")
                  .assertThatItEndsWith(ExitCode.REFUSED);
          assertThat(result.err()).contains("'1.2'", "--protocol auto offers all versions");
        });
  }

  @Test
  void wrongPasswordIsRefusedByActiveMqAndNeverShown() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, Map.of("me", "right"))) {
      String[] send = {
        "send", "-s", broker.uri(), "-u", "me", "--password-env", "SECRET", "/queue/a"
      };
      Cli.Result result = new Cli().variable("SECRET", "s3cret").call(send);
      // Of some hundred refused logins the broker closes the connection of one without a word.
      for (int i = 0; i < 5 && result.status() == ExitCode.CANNOT_CONNECT.number(); i++) {
        assertThat(result.err()).contains("hung up before CONNECTED").doesNotContain("s3cret");
        result = new Cli().variable("SECRET", "s3cret").call(send);
      }

      result.assertThatItEndsWith(ExitCode.REFUSED);
      assertThat(result.err()).contains("broker refused CONNECT").doesNotContain("s3cret");
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void passwordInTheUriWorksButDrawsAWarning() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, Map.of("me", "right"))) {
      String uri = broker.uri().replace("//", "//me:right@");

      Cli.Result result =
          Cli.run("send", "-s", uri, "/queue/a", "x").assertThatItEndsWith(ExitCode.OK);

      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .startsWith("stompbox: warning: a password in the URI")
          .doesNotContain("right");
    }
  }

  @ParameterizedTest
  @CsvSource({"stomp://no.such.host.invalid, true", "stomp+ssl://no.such.host.invalid, false"})
  void passwordThatOthersCanReadOnTheWayDrawsAWarning(String uri, boolean isWarned) {
    Cli.Result result =
        new Cli()
            .variable("SECRET", "s3cret")
            .call("send", "-s", uri, "-u", "me", "--password-env", "SECRET", "/queue/a", "x");

    assertThat(result.err().contains("the password goes to " + uri)).isEqualTo(isWarned);
    assertThat(result.err()).doesNotContain("s3cret");
  }

  @Test
  void missingReceiptIsATimeOut() {
    withScript(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.expectEnd();
        },
        broker -> {
          Cli.Result result =
              Cli.run(
                      "send",
                      "-s",
                      broker.uri(),
                      "--timeout",
                      "300ms",
                      "--receipt",
                      "/queue/a",
                      "x")
                  .assertThatItEndsWith(ExitCode.TIMED_OUT);
          assertThat(result.err().lines())
              .containsExactly(
                  "stompbox: no receipt for SEND to /queue/a within 300ms; the broker may or may not"
                      + " have handled it",
                  "  sending it again may duplicate it",
                  "  is the broker overloaded or blocked? --timeout sets how long to wait");
        });
  }

  @Test
  void errorForAConfirmedSendIsReportedInTheBrokersWords() {
    withScript(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SEND").require("receipt");
          peer.send("ERROR\nmessage:no such place\nreceipt-id:" + receipt + "\n\n^@");
        },
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "--receipt", "/nowhere", "x")
                  .assertThatItEndsWith(ExitCode.BROKER_ERROR);
          assertThat(result.err()).contains("broker refused SEND to /nowhere: \"no such place\"");
        });
  }

  /** The ERROR may come before, while or after the command says goodbye. */
  @RepeatedTest(10)
  void errorForASendWithoutReceiptIsReportedToo() {
    withScript(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.send("ERROR\nmessage:no such place\n\n^@");
          peer.expectEnd();
        },
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "/nowhere", "x")
                  .assertThatItEndsWith(ExitCode.BROKER_ERROR);
          assertThat(result.err()).contains("broker refused SEND to /nowhere: \"no such place\"");
        });
  }

  @Test
  void brokerThatRefusesASubscriptionIsQuoted() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Cli.Result result =
          Cli.run("listen", "-s", broker.uri(), "/queue/a", "-H", "selector:1 ===")
              .assertThatItEndsWith(ExitCode.BROKER_ERROR);

      assertThat(result.err()).contains("broker refused SUBSCRIBE to /queue/a: \"1 ===\"");
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource({"listen, SUBSCRIBE to", "peek, browsing"})
  void selectorThatTheBrokerRefusesIsNamed(String verb, String what) {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Cli.Result result =
          Cli.run(verb, "-s", broker.uri(), "/queue/a", "--selector", "price >")
              .assertThatItEndsWith(ExitCode.BROKER_ERROR);

      assertThat(result.err())
          .contains(
              "stompbox: broker refused " + what + " /queue/a with the selector 'price >': \"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "send --receipt", "request", "send --tx 1"})
  void bodyBeyondTheLimitOfTheBrokerIsAUsageErrorWithTheOption(String command, @TempDir Path folder)
      throws Exception {
    Path file = Files.write(folder.resolve("body"), new byte[(4 << 20) + 1]);
    for (String body : List.of("@" + file, "-")) {
      withScript(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:RabbitMQ/4.3.0\n\n^@");
            for (Frame next = peer.next().orElseThrow();
                !next.command().equals(Command.DISCONNECT);
                next = peer.next().orElseThrow()) {
              assertThat(next.command()).isNotEqualTo(Command.SEND);
            }
          },
          broker -> {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.addAll(1, List.of("-s", broker.uri(), "/queue/a", body, "--timeout", "1s"));
            Cli.Result result =
                new Cli()
                    .input(new byte[(4 << 20) + 1])
                    .call(words.toArray(String[]::new))
                    .assertThatItEndsWith(ExitCode.USAGE);
            assertThat(result.err())
                .contains("4194305 octets, but the broker takes at most 4194304 octets\n")
                .contains("  if this one was set up to take more: --set profile=generic")
                .doesNotContain("BrokerProfile");
          });
    }
  }

  @Test
  void transactionWithoutAReceiptIsATimeOut() {
    withScript(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("SEND");
          peer.expect("COMMIT");
          peer.expectEnd();
        },
        broker -> {
          Cli.Result result =
              Cli.run(
                      ("send /queue/a x --tx 1 --timeout 300ms --set timeout.connect=30s -s "
                              + broker.uri())
                          .split(" "))
                  .assertThatItEndsWith(ExitCode.TIMED_OUT);
          assertThat(result.err()).contains("COMMIT", "no receipt came", "--timeout sets how");
          assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
        });
  }

  /** The broker says nothing: it has not refused the message either. */
  @Test
  void brokerThatEndsEachConnectionAtAMessageIsNoRefusal() {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.otherwise(
          peer -> {
            peer.handshake("1.2");
            peer.next();
            peer.close();
          });

      Cli.Result result =
          Cli.run(("send -s " + broker.uri() + " --receipt --retry 2 /queue/a x").split(" "))
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.err()).contains("connections", "is not known").doesNotContain("refused");
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void connectionThatBreaksDuringASendIsLost() {
    withScript(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.reset();
        },
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "--receipt", "/queue/a", "x")
                  .assertThatItEndsWith(ExitCode.CONNECTION_LOST);
          assertThat(result.err())
              .contains("lost the connection to " + broker.uri())
              .contains("whether the broker has handled SEND to /queue/a is not known");
        });
  }

  @Test
  void connectionThatBreaksWhileACountIsAwaitedIsLost() {
    withScript(
        peer -> {
          peer.subscribed("1.2");
          peer.close();
        },
        broker ->
            Cli.run("listen", "-s", broker.uri(), "/queue/a", "-c", "1")
                .assertThatItEndsWith(ExitCode.CONNECTION_LOST));
  }

  @Test
  void headerThatTheVersionCannotCarryIsAUsageError() {
    withScript(
        peer -> {
          peer.handshake("1.0");
          peer.receiptFor(peer.expect("DISCONNECT"));
        },
        broker -> {
          Cli.Result result =
              Cli.run("send", "-s", broker.uri(), "/queue/a", "x", "-H", "note:two\nlines")
                  .assertThatItEndsWith(ExitCode.USAGE);
          assertThat(result.err()).contains("note");
        });
  }

  @Test
  void frameBeyondTheLimitsOfTheBrokerIsRefusedUnlessTheUserKnowsBetter() {
    withScript(
        peer -> {
          peer.expect("CONNECT");
          peer.send("CONNECTED\nversion:1.2\nserver:ActiveMQ/6.3.1\n\n^@");
          peer.receiptFor(peer.expect("DISCONNECT"));
        },
        broker -> {
          String line = "note:" + "x".repeat(20_000);
          String[] send = {"send", "-s", broker.uri(), "/queue/a", "x", "-H", line};
          broker.onConnection(
              peer -> {
                peer.expect("CONNECT");
                peer.send("CONNECTED\nversion:1.2\nserver:ActiveMQ/6.3.1\n\n^@");
                assertThat(peer.expect("SEND").require("note")).hasSize(20_000);
                peer.receiptFor(peer.expect("DISCONNECT"));
              });

          assertThat(Cli.run(send).assertThatItEndsWith(ExitCode.USAGE).err())
              .contains("takes at most 10241 octets in a line", "--set profile=generic");

          String[] insisting = Arrays.copyOf(send, send.length + 2);
          insisting[send.length] = "--set";
          insisting[send.length + 1] = "profile=generic";
          Cli.run(insisting).assertThatItEndsWith(ExitCode.OK);
        });
  }

  @Test
  void stackTraceIsShownOnRequestOnly() throws Exception {
    String uri = "stomp://127.0.0.1:" + unusedPort();

    assertThat(Cli.run("send", "-s", uri, "/queue/a", "x").err()).doesNotContain("\tat ");
    assertThat(Cli.run("send", "-v", "-s", uri, "/queue/a", "x").err()).contains("\tat ");
  }

  @Test
  void unexpectedFaultIsOneSentence() {
    Failure failure = Failure.of(new IllegalStateException("the moon is full"));

    assertThat(failure.code()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(failure).hasMessage("unexpected IllegalStateException: the moon is full");
    assertThat(failure.advice()).singleElement().asString().contains("-v");
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Plays one connection to a broker; one that hangs up does so by ending its script. */
  private static void withScript(Script script, Consumer<ScriptedBroker> test) {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            script.play(peer);
            peer.close();
          });
      test.accept(broker);
      broker.assertScriptsDone();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
