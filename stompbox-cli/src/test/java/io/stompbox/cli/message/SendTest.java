package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.Delivery;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code send} can do beyond one message, and what it says when it can't. */
class SendTest {
  @RegisterExtension static final LiveBroker BROKER = new LiveBroker();

  @ParameterizedTest
  @ValueSource(strings = {"@", "--file="})
  void bodyIsTheOctetsOfAFile(String prefix, @TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("body"), "a\r\nb".getBytes(StandardCharsets.UTF_8));

    BROKER.run("send", prefix + file).assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(1)).isEqualTo("a\r\nb\n");
  }

  /** As a shell makes them of {@code <(...)}. */
  @ParameterizedTest
  @CsvSource({
    "@, --receipt, '{\"body\":\"1\"}\n'",
    "--file=, --tx=1, '{\"body\":\"1\"}\n'",
    "--file=, --lines, '{\"body\":\"1\"}\n'",
    "--file=, --json-lines, '1\n'",
  })
  @DisabledOnOs(OS.WINDOWS)
  void bodiesMayComeFromAPipeWithAName(
      String prefix, String option, String body, @TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    FutureTask<Path> writing = new FutureTask<>(() -> Files.writeString(pipe, "{\"body\":\"1\"}"));
    Thread writer = new Thread(writing, "writer of a pipe");
    writer.setDaemon(true);
    writer.start();

    BROKER.run("send", prefix + pipe, option).assertThatItEndsWith(ExitCode.OK);

    assertThat(writing.get(30, TimeUnit.SECONDS)).isEqualTo(pipe);
    assertThat(BROKER.listen(1)).isEqualTo(body);
  }

  /** As its octets are read by whoever writes the connection, in each of the ways to send. */
  @ParameterizedTest
  @ValueSource(strings = {"--persistent", "--receipt", "--tx=2"})
  void largeFileIsReadWhileItIsSent(String how, @TempDir Path folder) throws Exception {
    byte[] octets = new byte[(int) FileBody.LARGEST_HELD * 2];
    new Random(7).nextBytes(octets);
    Path file = Files.write(folder.resolve("body"), octets);
    Path trace = folder.resolve("trace");

    BROKER
        .run("send", "@" + file, how, "--count", "2", "--trace=" + trace)
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(Files.size(trace)).as("octets of a trace without the bodies").isLessThan(10_000);
    for (int i = 0; i < 2; i++) {
      assertThat(BROKER.take(BROKER.queue()).body().equals(Body.of(octets))).isTrue();
    }
    BROKER.assertThatNothingIsLeft();
  }

  /** Without confirmation nobody else would tell. */
  @ParameterizedTest
  @ValueSource(strings = {"--persistent", "--receipt", "--tx=1"})
  void fileThatChangesMeanwhileIsNotSentAndSaidSo(String how, @TempDir Path folder)
      throws Exception {
    Path file = Files.write(folder.resolve("body"), new byte[(int) FileBody.LARGEST_HELD + 1]);
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.otherwise(
          peer -> {
            Files.write(file, new byte[3]);
            peer.handshake("1.2");
            peer.next()
                .filter(frame -> !frame.command().equals(Command.BEGIN))
                .ifPresent(peer::receiptFor);
            peer.next();
          });

      Cli.Result result =
          Cli.run("send", "-s", scripted.uri(), "/queue/a", "--file=" + file, how)
              .assertThatItEndsWith(ExitCode.USAGE);

      assertThat(result.err())
          .contains("cannot read " + file + ": it had 1048577 octets, and has 3 octets while");
    }
  }

  /** It has to be known whether there is a NUL, and text for JMS is a matter of its absence. */
  @ParameterizedTest
  @ValueSource(strings = {"--no-content-length", "--set=contentLength=omitted"})
  void largeFileIsHeldWhereItsLengthIsLeftOut(String how, @TempDir Path folder) throws Exception {
    String text = "x".repeat((int) FileBody.LARGEST_HELD + 1);
    Path file = Files.writeString(folder.resolve("body"), text);
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            Frame frame = peer.expect("SEND");
            assertThat(frame.headers().has("content-length")).isFalse();
            assertThat(frame.body().size()).isEqualTo(text.length());
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.run("send", "-s", scripted.uri(), "/queue/a", "@" + file, how)
          .assertThatItEndsWith(ExitCode.OK);

      scripted.assertScriptsDone();
    }
  }

  @Test
  void eachLineIsAMessage() {
    Cli.Result result =
        new Cli()
            .input("1\n2\n3")
            .call(BROKER.args("send", "--lines", "--receipt"))
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(3)).isEqualTo("1\n2\n3\n");
    assertThat(result.err())
        .matches("sent 3 messages \\(3 B\\) to " + BROKER.queue() + ", 3 confirmed, in .+ msg/s\n");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void linesOfAnArgumentAreMessagesAsWell() {
    BROKER.run("send", "a;b", "-D", ";").assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(2)).isEqualTo("a\nb\n");
  }

  @Test
  void inputWithoutAMessageSendsNone() {
    new Cli().call(BROKER.args("send", "--lines", "--receipt")).assertThatItEndsWith(ExitCode.OK);

    BROKER.assertThatNothingIsLeft();
  }

  /** An input that never ends could not be held. */
  @Test
  void messagesGoOutWhileTheInputIsOpen() throws Exception {
    Cli cli = new Cli();
    try (PipedOutputStream typed = new PipedOutputStream()) {
      cli.input(new PipedInputStream(typed)).start(BROKER.args("send", "--lines"));
      typed.write("first\nsec".getBytes(StandardCharsets.UTF_8));
      typed.flush();

      assertThat(BROKER.listen(1)).isEqualTo("first\n");

      typed.write("ond\n".getBytes(StandardCharsets.UTF_8));
    }
    cli.end().assertThatItEndsWith(ExitCode.OK);
    assertThat(BROKER.listen(1)).isEqualTo("second\n");
  }

  @Test
  void objectsOfTheInputAreMessages() throws Exception {
    String other = BROKER.queue() + "-other";
    new Cli()
        .input(
            """
            {"destination":"%s","body":"first"}
            {"destination":"%s","headers":{"note":"x"},"bodyBase64":"aGk="}
            """
                .formatted(BROKER.queue(), other))
        .call("send", "-s", BROKER.uri(), "--json-lines", "-H", "by:me", "--receipt")
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(1)).isEqualTo("first\n");
    Delivery second = BROKER.take(other);
    assertThat(second.text()).isEqualTo("hi");
    assertThat(second.headers().get("note")).isEqualTo("x");
    assertThat(second.headers().get("by")).isEqualTo("me");
  }

  /** What was listened to names where it came from. */
  @Test
  void argumentIsTheDestinationOfAllObjects() {
    Cli.Result result =
        new Cli()
            .input("{\"destination\":\"/queue/from\",\"body\":\"1\"}{\"body\":\"2\"}")
            .call(BROKER.args("send", "--json-lines", "--receipt"))
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(2)).isEqualTo("1\n2\n");
    assertThat(result.err()).startsWith("sent 2 messages (2 B) to " + BROKER.queue() + ",");
  }

  @Test
  void objectThatCannotBeReadIsSaidWithItsLineAndTheOnesBeforeAreSent() {
    Cli.Result result =
        new Cli()
            .input("{\"body\":\"1\"}\n{\"body\":2}\n")
            .call(BROKER.args("send", "--json-lines", "--receipt"))
            .assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.err()).contains("sent 1 message (1 B)", "1 confirmed", "line 2, column");
    assertThat(BROKER.listen(1)).isEqualTo("1\n");
  }

  @Test
  void objectWithoutADestinationNeedsTheArgument() {
    Cli.Result result =
        new Cli()
            .input("{\"destination\":\"/queue/a\",\"body\":\"1\"}\n{\"body\":\"2\"}\n")
            .call("send", "-s", BROKER.uri(), "--json-lines", "--receipt")
            .assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.err())
        .contains("the input, line 2, column 12: the message names no destination", "give DEST");
  }

  @Test
  void countRepeatsTheMessage() {
    BROKER.run("send", "again", "--count", "3").assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(3)).isEqualTo("again\nagain\nagain\n");
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void rateIsNotExceeded() {
    long start = System.nanoTime();
    BROKER.run("send", "x", "--count", "4", "--rate", "20/s").assertThatItEndsWith(ExitCode.OK);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(150_000_000);
    assertThat(BROKER.listen(4)).isEqualTo("x\nx\nx\nx\n");
  }

  @Test
  void transactionsTakeEffectTogetherAndTheLastMayBeShorter() {
    Cli.Result result =
        new Cli()
            .input(numbers(10))
            .call(BROKER.args("send", "--lines", "--tx", "4"))
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).contains("sent 10 messages", "10 confirmed");
    assertThat(BROKER.listen(10)).isEqualTo(numbers(10));
  }

  @Test
  void progressIsALineOnTheTerminalOfStandardError() {
    Cli.Result result =
        new Cli()
            .terminal(Terminal.Stream.ERROR)
            .call(BROKER.args("send", "x", "-c", "8", "--rate", "20/s"))
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).contains("\r8/8  ", " msg/s  0 errors");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void priorityAndExpiryAreInTheWordsOfTheBroker() throws Exception {
    BROKER.run("send", "x", "--priority", "7", "--expires", "1h").assertThatItEndsWith(ExitCode.OK);

    Headers headers = BROKER.take(BROKER.queue()).headers();
    assertThat(headers.get("priority")).isEqualTo("7");
    assertThat(headers.get("expires")).matches("\\d{13}");
  }

  @ParameterizedTest
  @CsvSource({
    "'', --file=, --file is blank",
    "@, --receipt, @ names no file",
    "-, --file=-, there must be one body only"
  })
  void bodyThatNamesNothingIsRefused(String body, String option, String sentence) {
    String[] given = body.isEmpty() ? new String[] {option} : new String[] {body, option};

    assertThat(BROKER.run("send", given).assertThatItEndsWith(ExitCode.USAGE).err())
        .startsWith("stompbox: " + sentence);
  }

  @Test
  void fileMayBeStandardInput() {
    new Cli()
        .input("typed")
        .call(BROKER.args("send", "--file", "-"))
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(1)).isEqualTo("typed\n");
  }

  @Test
  void bodyWithoutContentLengthCannotHaveANul() {
    Cli.Result result =
        new Cli()
            .input("a\0b")
            .call(BROKER.args("send", "--no-content-length"))
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("has a NUL octet");
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void connectionThatBreaksInTheMiddleIsPartlyDone() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("SEND"));
            peer.receiptFor(peer.expect("SEND"));
            peer.expect("SEND");
            peer.reset();
          });

      Cli.Result result =
          new Cli()
              .input(numbers(3))
              .call("send", "-s", scripted.uri(), "/queue/a", "--lines", "--receipt")
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(result.err())
          .contains("sent 3 messages (3 B) to /queue/a: 2 confirmed, 1 unknown")
          .contains("lost the connection");
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
      scripted.assertScriptsDone();
    }
  }

  @Test
  void brokerThatRefusesInTheMiddleIsQuoted() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("SEND"));
            String receipt = peer.expect("SEND").require("receipt");
            peer.send("ERROR\nmessage:the store is full\nreceipt-id:" + receipt + "\n\n^@");
            peer.close();
          });

      Cli.Result result =
          new Cli()
              .input(numbers(2))
              .call("send", "-s", scripted.uri(), "/queue/a", "--lines", "--receipt")
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(result.err())
          .contains("1 confirmed, 1 refused", "\"the store is full\"")
          .contains("  check the destination, the headers");
    }
  }

  @Test
  void ctrlCDrainsAndSaysWhatIsLeft() throws Exception {
    CountDownLatch bothCame = new CountDownLatch(1);
    try (ScriptedBroker scripted = ScriptedBroker.start();
        PipedOutputStream typed = new PipedOutputStream();
        InputStream input = new PipedInputStream(typed)) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("SEND"));
            peer.expect("SEND");
            bothCame.countDown();
            peer.expectEnd();
          });
      Cli cli =
          new Cli()
              .input(input)
              .start("send", "-s", scripted.uri(), "/queue/a", "--lines", "--receipt");
      typed.write("1\n2\n".getBytes(StandardCharsets.UTF_8));
      typed.flush();
      assertThat(bothCame.await(30, TimeUnit.SECONDS)).isTrue();

      Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

      assertThat(result.err())
          .isEqualTo(
              """
              stompbox: interrupted; sent 2 messages (2 B) to /queue/a: 1 confirmed, 1 unknown
                sending again may duplicate what is unknown
              """);
    }
  }

  /** The second or third message is not sent any more, but the first may have arrived. */
  @ParameterizedTest
  @CsvSource({
    "0, --receipt, CONNECTION_LOST, 'is not known; sending it again may duplicate it'",
    "0, -v, CONNECTION_LOST, 'is not known; sending it again may duplicate it'",
    "1, --receipt, PARTLY_DONE, '1 confirmed, 1 unknown'",
    "1, --receipt, PARTLY_DONE, 'sending again may duplicate what is unknown, unless both have'"
  })
  void whatMayHaveArrivedIsNotSaidToBeSafeToSendAgain(
      int confirmed, String option, ExitCode code, String words) {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:ActiveMQ-Artemis/2.40.0\n\n^@");
            for (int i = 0; i < confirmed; i++) {
              peer.receiptFor(peer.expect("SEND"));
            }
            peer.expect("SEND");
            peer.reset();
          });

      String[] send = {"send", "-s", scripted.uri(), "/queue/a", "x", "-c", "3", "--rate", "5/s"};
      String[] all = Stream.concat(Stream.of(send), Stream.of(option)).toArray(String[]::new);
      Cli.Result result = Cli.run(all).assertThatItEndsWith(code);

      assertThat(result.err()).contains(words).doesNotContain("safe to try again");
    }
  }

  /** Loses nothing of a large input, with the window of unconfirmed sends full all the time. */
  @Test
  void manyLinesAreConfirmed() throws Exception {
    QueueBroker queues = new QueueBroker();
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.otherwise(queues::serve);

      new Cli()
          .input(numbers(5000))
          .call("send", "-s", scripted.uri(), "/queue/a", "--lines", "--receipt")
          .assertThatItEndsWith(ExitCode.OK);

      assertThat(queues.waiting("/queue/a")).isEqualTo(5000);
    }
  }

  private static String numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> number + "\n")
        .collect(Collectors.joining());
  }
}
