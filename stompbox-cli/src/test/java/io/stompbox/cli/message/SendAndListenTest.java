package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.protocol.frame.Body;
import io.stompbox.testkit.ScriptedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code send} and {@code listen} with a real broker between them. */
class SendAndListenTest {
  @RegisterExtension static final LiveBroker BROKER = new LiveBroker();

  @Test
  void argumentArrivesAsTheBody() {
    BROKER.send("hi");

    assertThat(BROKER.listen(1)).isEqualTo("hi\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ""})
  void withoutABodyStandardInputIsSentOctetForOctet(String dash) {
    byte[] octets = new byte[100_000];
    new Random(7).nextBytes(octets);
    String[] args = {"send", "-s", BROKER.uri(), BROKER.queue(), dash};
    if (dash.isEmpty()) {
      args = new String[] {"send", "-s", BROKER.uri(), BROKER.queue()};
    }

    new Cli().input(octets).call(args).assertThatItEndsWith(ExitCode.OK);

    byte[] expected = Arrays.copyOf(octets, octets.length + 1);
    expected[octets.length] = '\n';
    assertThat(BROKER.run("listen", "-c", "1", "--wait", "20s").body())
        .isEqualTo(Body.of(expected));
  }

  @Test
  void textThatBeginsLikeAnOptionGoesBehindTwoDashes() {
    Cli.run("send", "-s", BROKER.uri(), BROKER.queue(), "--", "-1")
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(1)).isEqualTo("-1\n");
  }

  @Test
  void textThatBeginsWithAnAtSignHasTwoOfThem() {
    BROKER.send("@@/etc/hostname");

    assertThat(BROKER.listen(1)).isEqualTo("@/etc/hostname\n");
  }

  @Test
  void receiptIsToldOnStandardErrorAndStandardOutputStaysEmpty() {
    Cli.Result result =
        Cli.run("send", "-s", BROKER.uri(), BROKER.queue(), "{\"id\":1}", "--receipt")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err())
        .matches("sent 1 message \\(8 B\\) to " + BROKER.queue() + ", receipt in [\\d.]+ ms\n");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void sendWithoutReceiptSaysNothing() {
    Cli.Result result =
        Cli.run("send", "-s", BROKER.uri(), BROKER.queue(), "x").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEmpty();
  }

  @Test
  void whoTypesTheBodyIsToldHowToEndIt() {
    Cli.Result result =
        new Cli()
            .terminal(Terminal.Stream.INPUT)
            .input("typed")
            .call("send", "-s", BROKER.uri(), BROKER.queue())
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).contains("Ctrl-D ends it");
  }

  @Test
  void countedMessagesComeInOrderAndTheRestStays() {
    BROKER.send("1");
    BROKER.send("2");
    BROKER.send("3");

    assertThat(BROKER.listen(2)).isEqualTo("1\n2\n");
    assertThat(BROKER.listen(1)).isEqualTo("3\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"individual", "client"})
  void whatWasWrittenIsAcknowledged(String mode) {
    BROKER.send("1");
    BROKER.send("2");

    Cli.run("listen", "-s", BROKER.uri(), BROKER.queue(), "-c", "2", "--ack", mode)
        .assertThatItEndsWith(ExitCode.OK);

    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void withoutACountTheEndComesWhenNoMoreDoes() {
    BROKER.send("1");
    BROKER.send("2");

    Cli.Result result =
        Cli.run("listen", "-s", BROKER.uri(), BROKER.queue(), "--wait", "300ms")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo("1\n2\n");
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void noMessageInTimeIsATimeOut() {
    Cli.Result result =
        Cli.run("listen", "-s", BROKER.uri(), BROKER.queue(), "--wait", "200ms")
            .assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.err())
        .isEqualTo("stompbox: no message on " + BROKER.queue() + " within 200ms\n");
  }

  @Test
  void fewerMessagesThanCountedAreATimeOut() {
    BROKER.send("1");

    Cli.Result result =
        Cli.run("listen", "-s", BROKER.uri(), BROKER.queue(), "-c", "2", "--wait", "200ms")
            .assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.out()).isEqualTo("1\n");
    assertThat(result.err()).contains("only 1 of 2 messages on " + BROKER.queue());
  }

  @Test
  void messageThatCouldNotBeWrittenStaysWithTheBroker() {
    BROKER.send("1");
    BROKER.send("2");

    Cli.Result result =
        new Cli()
            .reader(new LeavingReader(1))
            .call("listen", "-s", BROKER.uri(), BROKER.queue(), "--wait", "5s")
            .assertThatItEndsWith(ExitCode.CLOSED_PIPE);

    assertThat(result.err()).isEmpty();
    assertThat(BROKER.listen(1)).isEqualTo("2\n");
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void fullDiskIsNoClosedPipe() {
    BROKER.send("1");
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    Cli.Result result =
        new Cli()
            .reader(full)
            .call("listen", "-s", BROKER.uri(), BROKER.queue(), "--wait", "5s")
            .assertThatItEndsWith(ExitCode.UNEXPECTED);

    assertThat(result.err()).contains("cannot write to standard output: No space left on device");
  }

  @Test
  void terminalIsToldTheOctetsOfWhatIsNoText() {
    new Cli()
        .input(new byte[] {0, (byte) 0xff})
        .call("send", "-s", BROKER.uri(), BROKER.queue())
        .assertThatItEndsWith(ExitCode.OK);

    Cli.Result result =
        new Cli()
            .terminal(Terminal.Stream.OUTPUT)
            .call("listen", "-s", BROKER.uri(), BROKER.queue(), "-c", "1")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo("(2 octets, not text: 00 ff)\n");
  }

  @Test
  void ctrlCEndsListeningInGoodOrderAndSoon() throws Exception {
    Cli cli =
        new Cli()
            .terminal(Terminal.Stream.OUTPUT)
            .start("listen", "-s", BROKER.uri(), BROKER.queue())
            .awaitErr("listening to " + BROKER.queue());

    long start = System.nanoTime();
    Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void listeningGoesOnAfterALossAndSaysSo() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted
          .onConnection(
              peer -> {
                peer.subscribed("1.2");
                peer.reset();
              })
          .onConnection(
              peer -> {
                peer.handshake("1.2");
                var subscribe = peer.expect("SUBSCRIBE");
                peer.receiptFor(subscribe);
                peer.message(subscribe, "m-1", "hello");
                peer.expect("ACK");
                peer.expect("UNSUBSCRIBE");
                peer.receiptFor(peer.expect("DISCONNECT"));
              });

      Cli cli = new Cli().start("listen", "-s", scripted.uri(), "/queue/a").awaitOut("hello\n");
      Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

      assertThat(result.err().lines()).hasSize(2);
      assertThat(result.err()).contains("; connecting again\n", "connected again\n");
      scripted.assertScriptsDone();
    }
  }

  /** Reads some lines and leaves, as {@code head} does. */
  private static final class LeavingReader extends OutputStream {
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private int linesLeft;

    LeavingReader(int lines) {
      this.linesLeft = lines;
    }

    /** Takes what is written, and breaks when it is flushed, as a buffered pipe does. */
    @Override
    public void write(int octet) {
      read.write(octet);
    }

    @Override
    public void flush() throws IOException {
      if (linesLeft == 0) {
        throw new IOException("Broken pipe");
      }
      linesLeft--;
    }
  }
}
