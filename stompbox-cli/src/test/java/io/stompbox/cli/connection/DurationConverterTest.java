package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
  private final DurationConverter converter = new DurationConverter();

  @ParameterizedTest
  @CsvSource({
    "300ms, 300",
    "5s, 5000",
    "1.5s, 1500",
    "0.001s, 1",
    "2m, 120000",
    "1h, 3600000",
    "0.5m, 30000"
  })
  void readsNumberAndUnit(String text, long millis) {
    assertThat(converter.convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5S", "5d", "1e3s", "1.s", "9999999999s"})
  void refusesWhatIsNoDurationAndSaysWhatIs(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a duration; write for example 500ms, 5s or 2m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"277778h", "2562047h", "999999999m"})
  void refusesWhatCannotBeWrittenInSecondsAgain(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is too long; the longest is 277777h");
  }

  @Test
  void longestIsReadAgainAsItIsWritten() {
    Duration longest = converter.convert("277777h");

    assertThat(converter.convert(DurationConverter.text(longest))).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "0ms", "0.0m", "0.1ms"})
  void refusesToWaitForNoTime(String text) {
    assertThatThrownBy(() -> converter.convert(text)).hasMessageContaining("longer than zero");
  }

  @ParameterizedTest
  @CsvSource({"300, 300ms", "1000, 1s", "1500, 1.5s", "60000, 60s", "10000, 10s"})
  void writesAsItReads(long millis, String text) {
    assertThat(DurationConverter.text(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
