package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "hi", "two\nlines\r\n", "a\tb", "h\u00e9llo \u20ac \ud83d\ude00", "\ufffd"})
  void textIsShownAsItIs(String text) {
    assertThat(ShownBody.of(text.getBytes(StandardCharsets.UTF_8), text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00|(1 octet, not text: 00)",
        "00ff10|(3 octets, not text: 00 ff 10)",
        "1b5b324a|(4 octets, not text: 1b 5b 32 4a)",
        "c3|(1 octet, not text: c3)",
        "c29b|(2 octets, not text: c2 9b)",
        "7f|(1 octet, not text: 7f)",
        "000102030405060708090a0b0c0d0e0f10"
            + "|(17 octets, not text: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f ...)"
      })
  void whatATerminalMightObeyIsShownAsOctets(String hex, String shown) {
    byte[] octets = HexFormat.of().parseHex(hex);

    assertThat(ShownBody.of(octets, new String(octets, StandardCharsets.UTF_8))).isEqualTo(shown);
  }
}
