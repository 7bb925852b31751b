package io.stompbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of the text of others a terminal gets. */
class PrintableTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain", "a b", "a b", "a b"),
        Arguments.of("erases the screen", "\u001b[2J", "?[2J", "?[2J"),
        Arguments.of("erases it with one character", "\u009b2J", "?2J", "?2J"),
        Arguments.of("rings", "\u0007", "?", "?"),
        Arguments.of("writes over the line", "a\rb", "a?b", "a?b"),
        Arguments.of("turns what follows around", "a\u202egnp", "a?gnp", "a?gnp"),
        Arguments.of("isolates", "\u2066a\u2069", "?a?", "?a?"),
        Arguments.of("a line and a tab", "a\nb\tc", "a\nb\tc", "a?b?c"),
        Arguments.of("another kind of line", "a\u2028b", "a\u2028b", "a?b"),
        Arguments.of(
            "joins letters", "\u0628\u200d\u0629", "\u0628\u200d\u0629", "\u0628\u200d\u0629"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void whatATerminalTakesForCommandsIsAQuestionMark(
      String name, String text, String shown, String line) {
    assertThat(Printable.text(text)).isEqualTo(shown);
    assertThat(Printable.line(text)).isEqualTo(line);
  }

  /** Whoever asks for a reply at {@code x\nstompbox: all is well} can't forge a line by that. */
  @Test
  void whatIsToldIsOneLine() {
    Cli cli = new Cli();
    Environment environment = cli.environment();

    environment.tell("a\nb");
    environment.insist("c\nd");
    environment.say("e\nf");

    assertThat(cli.err()).isEqualTo("stompbox: a?b\nstompbox: c?d\ne?f\n");
  }
}
