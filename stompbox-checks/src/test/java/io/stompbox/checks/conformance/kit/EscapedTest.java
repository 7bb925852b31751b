package io.stompbox.checks.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.protocol.frame.Body;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTest {
  @Test
  void octetsAreReadAndShownInTheSameForm() {
    String text = "a\\\\b\\n\\r\\t\\0\\x7f\\xc3\\xa91";
    Body octets = Escaped.octets(text);

    assertThat(octets.toBytes())
        .containsExactly('a', '\\', 'b', '\n', '\r', '\t', 0, 0x7f, 0xc3, 0xa9, '1');
    assertThat(Escaped.shown(octets)).isEqualTo('"' + text + '"');
    assertThat(Escaped.ofHex("615c620a0d09007fc3a931")).isEqualTo(octets);
  }

  @Test
  void aNulIsNeverTheStartOfAnOctalNumber() {
    assertThat(Escaped.octets("\\012").toBytes()).containsExactly(0, '1', '2');
  }

  @Test
  void charactersThatAreNotEscapedAreUtf8() {
    assertThat(Escaped.octets("\u00e9")).isEqualTo(Body.of("\u00e9"));
    assertThat(Escaped.shown("\u00e9\ud800")).isEqualTo("\"\\u00e9\\ud800\"");
  }

  @Test
  void longRunsAreShownByTheirLength() {
    assertThat(Escaped.shown("a" + "b".repeat(65) + "\0".repeat(1000) + "c".repeat(64)))
        .isEqualTo("\"a...65 times b......1000 times \\0..." + "c".repeat(64) + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "a\\q", "\\x", "\\x1", "\\xgg", "\\u0041"})
  void anotherEscapeIsNoneOfThisForm(String text) {
    assertThatExceptionOfType(CaseFormatException.class).isThrownBy(() -> Escaped.octets(text));
  }
}
