package io.stompbox.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentTest {
  @Test
  void takesWhatStandsBehindTheFirstSign() {
    assertThat(Argument.of("raw=a=b")).isEqualTo(new Argument("raw", "a=b"));
    assertThat(Argument.of("--full")).isEqualTo(new Argument("--full", ""));
    assertThat(Argument.of("rounds=12").count()).isEqualTo(12);
    assertThat(Argument.of("seconds=0.25").seconds()).isEqualTo(0.25);
    assertThat(Argument.of("subjects=a,b").names()).containsExactly("a", "b");
    assertThat(Argument.of("measure=no").isYes()).isFalse();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        row("rounds=0", Argument::count, "a whole number from 1"),
        row("rounds=2.5", Argument::count, "a whole number from 1"),
        row("rounds", Argument::count, "a whole number from 1"),
        row("rounds=9999999", Argument::count, "a whole number from 1"),
        row("seconds=-1", Argument::seconds, "seconds from 0.01 to 600"),
        row("seconds=0", Argument::seconds, "seconds from 0.01 to 600"),
        row("seconds=NaN", Argument::seconds, "seconds from 0.01 to 600"),
        row("seconds=601", Argument::seconds, "seconds from 0.01 to 600"),
        row("subjects=,", Argument::names, "names with commas between"),
        row("measure=maybe", Argument::isYes, "yes or no"),
        row("raw=", Argument::file, "a file"));
  }

  private static Arguments row(String text, Function<Argument, Object> read, String wanted) {
    return Arguments.of(text, read, wanted);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void saysWhatAValueMustBe(String text, Function<Argument, Object> read, String wanted) {
    Argument argument = Argument.of(text);

    assertThatThrownBy(() -> read.apply(argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(argument.name() + " must be " + wanted)
        .hasMessageEndingWith("and not '" + argument.value() + "'");
  }

  @Test
  void helpIsAskedForInThreeWays() {
    assertThat(Argument.askForHelp(List.of("rounds=1", "--help"))).isTrue();
    assertThat(Argument.askForHelp(List.of("-h"))).isTrue();
    assertThat(Argument.askForHelp(List.of("help"))).isTrue();
    assertThat(Argument.askForHelp(List.of("raw=help"))).isFalse();
  }
}
