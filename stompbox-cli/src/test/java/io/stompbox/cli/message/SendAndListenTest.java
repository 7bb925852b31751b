package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.protocol.frame.Body;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code send} and {@code listen} with a real broker between them. */
class SendAndListenTest {
  private static EmbeddedBroker broker;

  /** One for each test. */
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
  void argumentArrivesAsTheBody() {
    send("hi");

    assertThat(listen(1).out()).isEqualTo("hi\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ""})
  void withoutABodyStandardInputIsSentOctetForOctet(String dash) {
    byte[] octets = new byte[100_000];
    new Random(7).nextBytes(octets);
    String[] args = {"send", "-s", broker.uri(), queue, dash};
    if (dash.isEmpty()) {
      args = new String[] {"send", "-s", broker.uri(), queue};
    }

    new Cli().input(octets).call(args).assertThatItEndsWith(ExitCode.OK);

    byte[] expected = Arrays.copyOf(octets, octets.length + 1);
    expected[octets.length] = '\n';
    assertThat(listen(1).body()).isEqualTo(Body.of(expected));
  }

  @Test
  void textThatBeginsLikeAnOptionGoesBehindTwoDashes() {
    Cli.run("send", "-s", broker.uri(), queue, "--", "-1").assertThatItEndsWith(ExitCode.OK);

    assertThat(listen(1).out()).isEqualTo("-1\n");
  }

  @Test
  void textThatBeginsWithAnAtSignHasTwoOfThem() {
    send("@@/etc/hostname");

    assertThat(listen(1).out()).isEqualTo("@/etc/hostname\n");
  }

  @Test
  void receiptIsToldOnStandardErrorAndStandardOutputStaysEmpty() {
    Cli.Result result =
        Cli.run("send", "-s", broker.uri(), queue, "{\"id\":1}", "--receipt")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err())
        .matches("sent 1 message \\(8 B\\) to " + queue + ", receipt in [\\d.]+ ms\n");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void sendWithoutReceiptSaysNothing() {
    Cli.Result result =
        Cli.run("send", "-s", broker.uri(), queue, "x").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEmpty();
  }

  @Test
  void whoTypesTheBodyIsToldHowToEndIt() {
    Cli.Result result =
        new Cli()
            .terminal(Terminal.Stream.INPUT)
            .input("typed")
            .call("send", "-s", broker.uri(), queue)
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).contains("Ctrl-D ends it");
  }

  @Test
  void countedMessagesComeInOrderAndTheRestStays() {
    send("1");
    send("2");
    send("3");

    assertThat(listen(2).out()).isEqualTo("1\n2\n");
    assertThat(listen(1).out()).isEqualTo("3\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"after", "batched"})
  void whatWasWrittenIsAcknowledged(String mode) {
    send("1");
    send("2");

    Cli.run("listen", "-s", broker.uri(), queue, "-c", "2", "--ack", mode)
        .assertThatItEndsWith(ExitCode.OK);

    assertThatNothingIsLeft();
  }

  @Test
  void withoutACountTheEndComesWhenNoMoreDoes() {
    send("1");
    send("2");

    Cli.Result result =
        Cli.run("listen", "-s", broker.uri(), queue, "--wait", "300ms")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo("1\n2\n");
    assertThatNothingIsLeft();
  }

  @Test
  void noMessageInTimeIsATimeOut() {
    Cli.Result result =
        Cli.run("listen", "-s", broker.uri(), queue, "--wait", "200ms")
            .assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.err()).isEqualTo("stompbox: no message on " + queue + " within 200ms\n");
  }

  @Test
  void fewerMessagesThanCountedAreATimeOut() {
    send("1");

    Cli.Result result =
        Cli.run("listen", "-s", broker.uri(), queue, "-c", "2", "--wait", "200ms")
            .assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.out()).isEqualTo("1\n");
    assertThat(result.err()).contains("only 1 of 2 messages on " + queue);
  }

  @Test
  void messageThatCouldNotBeWrittenStaysWithTheBroker() {
    send("1");
    send("2");

    Cli.Result result =
        new Cli()
            .reader(new LeavingReader(1))
            .call("listen", "-s", broker.uri(), queue, "--wait", "5s")
            .assertThatItEndsWith(ExitCode.CLOSED_PIPE);

    assertThat(result.err()).isEmpty();
    assertThat(listen(1).out()).isEqualTo("2\n");
    assertThatNothingIsLeft();
  }

  @Test
  void fullDiskIsNoClosedPipe() {
    send("1");
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
            .call("listen", "-s", broker.uri(), queue, "--wait", "5s")
            .assertThatItEndsWith(ExitCode.UNEXPECTED);

    assertThat(result.err()).contains("cannot write to standard output: No space left on device");
  }

  @Test
  void terminalIsToldTheOctetsOfWhatIsNoText() {
    new Cli()
        .input(new byte[] {0, (byte) 0xff})
        .call("send", "-s", broker.uri(), queue)
        .assertThatItEndsWith(ExitCode.OK);

    Cli.Result result =
        new Cli()
            .terminal(Terminal.Stream.OUTPUT)
            .call("listen", "-s", broker.uri(), queue, "-c", "1")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo("(2 octets, not text: 00 ff)\n");
  }

  @Test
  void ctrlCEndsListeningInGoodOrderAndSoon() throws Exception {
    Cli cli =
        new Cli()
            .terminal(Terminal.Stream.OUTPUT)
            .start("listen", "-s", broker.uri(), queue)
            .awaitErr("listening to " + queue);

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

  private void send(String body) {
    Cli.run("send", "-s", broker.uri(), queue, body).assertThatItEndsWith(ExitCode.OK);
  }

  private Cli.Result listen(int count) {
    return Cli.run("listen", "-s", broker.uri(), queue, "-c", "" + count, "--wait", "10s")
        .assertThatItEndsWith(ExitCode.OK);
  }

  private void assertThatNothingIsLeft() {
    Cli.run("listen", "-s", broker.uri(), queue, "--wait", "200ms")
        .assertThatItEndsWith(ExitCode.TIMED_OUT);
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
