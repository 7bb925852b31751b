package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.testkit.ScriptedBroker;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats of {@code listen -f}, with a message as it comes over the wire. */
class TokenFormatTest {
  private static final String MESSAGE =
      "MESSAGE\nmessage-id:m-1\ndestination:/queue/b\nsubscription:%s\npriority:4\n"
          + "note:two\\nlines\nodd:\u0007bell\n\nhi^@";

  static Stream<Arguments> formats() {
    return Stream.of(
        row("%b", "hi"),
        row("%b\\n", "hi\n"),
        row("%d %i\\t%s", "/queue/b m-1\tlist"),
        row("%h{priority}|%h{none}|", "4||"),
        row("%n/%l", "1/2"),
        row("100%%\\\\\\0\\q", "100%\\\0\\q"),
        row("plain", "plain"),
        row("", ""));
  }

  private static Arguments row(String format, String expected) {
    return Arguments.of(format, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void tokensAreReplaced(String format, String expected) throws Exception {
    assertThat(shown(new Cli(), "-f", format)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-f=%H\\n\\n", "--headers-only"})
  void headersAreLines(String option) throws Exception {
    assertThat(shown(new Cli(), option))
        .isEqualTo(
            """
            message-id:m-1
            destination:/queue/b
            subscription:list
            priority:4
            note:two\\nlines
            odd:\u0007bell

            """);
  }

  @Test
  void terminalGetsNoCommands() throws Exception {
    Cli cli = new Cli().terminal(Terminal.Stream.OUTPUT);

    assertThat(shown(cli, "-f", "%h{odd}")).isEqualTo("?bell");
  }

  @Test
  void timeIsAnInstant() throws Exception {
    assertThat(shown(new Cli(), "-f", "%t")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:.+Z");
  }

  @Test
  void frameIsWrittenAsOnTheWire() throws Exception {
    assertThat(shown(new Cli(), "-o", "raw"))
        .startsWith("MESSAGE\nmessage-id:m-1\n")
        .contains("\nnote:two\\nlines\n")
        .endsWith("\n\nhi\0\n");
  }

  private static String shown(Cli cli, String... options) throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            var subscribe = peer.subscribed("1.2");
            peer.send(MESSAGE.formatted(subscribe.require("id")));
            peer.expectEnd();
          });
      String[] args =
          Stream.concat(
                  Stream.of(
                      "listen",
                      "/queue/a",
                      "-c",
                      "1",
                      "-s",
                      broker.uri(),
                      "--ack",
                      "auto",
                      "--id",
                      "list"),
                  Stream.of(options))
              .toArray(String[]::new);
      return cli.call(args).assertThatItEndsWith(ExitCode.OK).out();
    }
  }
}
