package io.stompbox.cli.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are larger than a command takes. */
class LargeBodiesTest {
  private static final String LARGE = "x".repeat(3000);
  private static final String ANNOUNCED = "content-length:3000\n";

  static Stream<Arguments> commands() {
    List<String> listen =
        List.of(
            "the broker sent a body of 3000 octets or more during the subscription to /queue/a,"
                + " which is too large",
            "--set most.bodyOctets=4KiB allows more, held in memory as a whole;"
                + " messages that were not acknowledged come again");
    return Stream.of(
        Arguments.of(List.of("listen", "/queue/a"), ANNOUNCED, listen),
        Arguments.of(List.of("listen", "/queue/a", "-c", "1"), ANNOUNCED, listen),
        Arguments.of(
            List.of("listen", "/queue/a"),
            "",
            List.of("a body of 2001 octets or more", "--set most.bodyOctets=2KiB")),
        Arguments.of(
            List.of("pipe", "/queue/a", "-"),
            ANNOUNCED,
            Stream.concat(listen.stream(), Stream.of("received 0 ")).toList()),
        Arguments.of(
            List.of("peek", "/queue/a"),
            ANNOUNCED,
            List.of(
                "the broker sent a body of 3000 octets or more during browsing /queue/a,",
                "--set most.bodyOctets=4KiB")));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("commands")
  void areSaidOnceWithTheOptionThatTakesThem(
      List<String> command, String lengthHeader, List<String> expected) {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.otherwise(peer -> giveOutALargeMessage(peer, lengthHeader));
      String[] args =
          Stream.concat(
                  command.stream(),
                  Stream.of(
                      "-s", broker.uri(), "--set", "most.bodyOctets=2000", "--timeout", "20s"))
              .toArray(String[]::new);

      Cli.Result result = Cli.run(args).assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.err())
          .contains(expected)
          .containsOnlyOnce("which is too large")
          .containsOnlyOnce("--set most.bodyOctets=")
          .doesNotContain("DecoderLimits", "connected");
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void areSaidByTheShellWithTheOptionThatTakesThem() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start();
        PipedOutputStream typing = new PipedOutputStream()) {
      broker.otherwise(peer -> giveOutALargeMessage(peer, ANNOUNCED));
      Cli shell = new Cli().input(new PipedInputStream(typing));
      shell.start("shell", "-s", broker.uri(), "--set", "most.bodyOctets=2000");
      typing.write("subscribe /queue/a\n".getBytes(UTF_8));
      typing.flush();

      Cli.Result result = shell.end().assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.err())
          .contains("which is too large; connecting again", "--set most.bodyOctets=4KiB")
          .doesNotContain("DecoderLimits");
    }
  }

  private static void giveOutALargeMessage(Peer peer, String lengthHeader) {
    peer.expect("CONNECT");
    peer.send("CONNECTED\nversion:1.2\nserver:ActiveMQ/6.3.1\n\n^@");
    Frame subscribe = peer.expect("SUBSCRIBE");
    if (subscribe.headers().has("receipt")) {
      peer.receiptFor(subscribe);
    }
    peer.send(
        "MESSAGE\nsubscription:%s\nmessage-id:1\nack:1\ndestination:/queue/a\n%s\n%s^@"
            .formatted(subscribe.require("id"), lengthHeader, LARGE));
    peer.expectEnd();
  }
}
