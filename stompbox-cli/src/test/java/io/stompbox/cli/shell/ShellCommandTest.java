package io.stompbox.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments of {@code shell}, and how it ends. */
class ShellCommandTest {
  @Test
  void argumentsMakeAPlan() {
    ShellPlan plan =
        Cli.command(
                ShellCommand.class,
                "shell",
                "-F",
                "orders.txt",
                "-o",
                "json",
                "--save",
                ".",
                "--wait",
                "2s",
                "--timeout",
                "3s")
            .plan();

    assertThat(plan)
        .isEqualTo(
            new ShellPlan(
                Path.of("orders.txt"),
                MessageFormat.JSON,
                Path.of("."),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--protocol|9.9|'9.9' must be",
        "--heartbeat|x|'x' must be two durations",
        "--output|xml|'xml' must be text or json",
        "--save|/dev/null/x|cannot save messages in /dev/null/x: "
      })
  void cli26MistakesInArgumentsAreToldBeforeAnythingIsDone(
      String option, String value, String expected) {
    Cli.Result result = Cli.run("shell", option, value).assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains(expected);
  }

  @Test
  void cli25BrokerThatIsNotThereIsAFailure() {
    Cli.Result result =
        Cli.run("shell", "-s", "stomp://no.such.host.invalid")
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(result.err()).contains("the host name is not known");
  }

  @Test
  void cli27PasswordIsStarsWhereFramesAreShown() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            assertThat(peer.handshake("1.2").require("passcode")).isEqualTo("s3cret");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          new Cli()
              .secret("s3cret")
              .call("shell", "-s", broker.uri(), "--trace", "-u", "u", "--ask-password")
              .assertThatItEndsWith(ExitCode.OK);

      assertThat(result.err()).contains("login:***, passcode:***").doesNotContain("s3cret");
      broker.assertScriptsDone();
    }
  }

  @Test
  void errorOfTheBrokerIsToldAndDecidesTheExitCode() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("SEND");
            peer.expect("DISCONNECT");
            peer.send("ERROR\nmessage:not allowed\n\n^@");
          });

      Cli.Result result =
          new Cli()
              .input("send /queue/secret x\n")
              .call("shell", "-s", broker.uri())
              .assertThatItEndsWith(ExitCode.BROKER_ERROR);

      assertThat(result.err()).contains("not allowed");
      broker.assertScriptsDone();
    }
  }

  @Test
  void brokerThatDoesNotComeBackEndsTheShell() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("SEND");
            peer.reset();
          });
      try (TypedShell shell = TypedShell.start("-s", broker.uri(), "--retry", "never")) {
        shell.type("send /queue/a x");

        assertThat(shell.status()).isEqualTo(ExitCode.CONNECTION_LOST.number());
      }
    }
  }

  @Test
  void sendsThatWaitForALostBrokerAreCountedAtTheEndOfAScript() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.reset();
          });
      broker.otherwise(Peer::close);
      try (TypedShell shell = TypedShell.start("-s", broker.uri(), "--timeout", "1s")) {
        shell.awaitErr("connecting again").type("send /queue/a b").type("send /queue/a c");

        assertThat(shell.end()).isEqualTo(ExitCode.CONNECTION_LOST.number());
        assertThat(shell.err()).endsWith("stompbox: 2 messages were not sent\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"abort, OK, false", "stats, PARTLY_DONE, true", "quit, PARTLY_DONE, true"})
  void messagesOfATransactionThatIsLeftOpenAreCounted(String last, ExitCode code, boolean isTold)
      throws Exception {
    QueueBroker queues = new QueueBroker();
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.otherwise(queues::serve);
      try (TypedShell shell = TypedShell.start("-s", broker.uri())) {
        shell.type("begin").type("send /queue/a b").type("send /queue/a c").type(last);

        assertThat(last.equals("quit") ? shell.status() : shell.end()).isEqualTo(code.number());
        assertThat(shell.err().contains("not committed, so the broker has dropped its 2 messages"))
            .isEqualTo(isTold);
      }
    }
  }

  @Test
  void sendsThatWaitForABrokerThatDoesNotComeBackAreCountedToo() throws Exception {
    CountDownLatch isSent = new CountDownLatch(1);
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.reset();
          });
      broker.otherwise(
          peer -> {
            isSent.await();
            peer.close();
          });
      try (TypedShell shell = TypedShell.start("-s", broker.uri(), "--retry", "1")) {
        shell.awaitErr("connecting again").type("send /queue/a b").type("stats");
        shell.awaitErr("No stats available");
        isSent.countDown();

        assertThat(shell.status()).isEqualTo(ExitCode.CONNECTION_LOST.number());
        assertThat(shell.err()).endsWith("stompbox: 1 message was not sent\n");
      }
    }
  }

  @Test
  void readerThatLeavesEndsTheShell() throws Exception {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.message(peer.subscribed("1.2"), "m1", "hello");
            peer.expectEnd();
          });

      Cli.Result result =
          new Cli()
              .reader(closed)
              .input("subscribe /queue/a\nwait\nwait\n")
              .call("shell", "-s", broker.uri())
              .assertThatItEndsWith(ExitCode.CLOSED_PIPE);

      assertThat(result.err()).doesNotContain("Exception");
    }
  }

  @Test
  void jsonOutputHasNothingButMessages() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.message(peer.subscribed("1.2"), "m1", "hello");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          new Cli()
              .input("subscribe /queue/a\nversion\nhelp\nstats on\nstats\nwait\n")
              .call("shell", "-s", broker.uri(), "-o", "json")
              .assertThatItEndsWith(ExitCode.OK);

      assertThat(result.out())
          .matches(
              "\\{\"destination\":\"/queue/a\",\"messageId\":\"m1\",.*\"body\":\"hello\".*}\n");
    }
  }
}
