package io.stompbox.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is written eight characters at a time where it is plain, and each like any other. */
class TextTest {
  private static final int LONGEST = 26;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\",
        ":",
        "\n",
        "\r",
        "\0",
        "\t",
        "\u0001",
        "\u001f",
        " ",
        "!",
        "/",
        ";",
        "[",
        "]",
        "\u007f",
        "\u0080",
        "\u00e9",
        "\u013a",
        "\u0400",
        "\u20ac",
        "\u3a3a",
        "\ud83d\ude00",
        "\\:"
      })
  void eachCharacterIsWrittenAlikeWhereverItStands(String special) {
    for (int length = 0; length < LONGEST; length++) {
      for (int at = 0; at <= length; at++) {
        String value = "x".repeat(at) + special + "y".repeat(length - at);

        assertThat(written(value)).as(value).isEqualTo(escaped(value));
        assertThat(written(value + special)).as(value).isEqualTo(escaped(value + special));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00"})
  void halfACharacterIsRefusedWhereverItStands(String half) {
    for (int at = 0; at < LONGEST; at++) {
      String value = "x".repeat(at) + half + "y".repeat(9);

      assertThatExceptionOfType(IllegalFrameException.class)
          .as("at %d", at)
          .isThrownBy(() -> written(value))
          .withMessageEndingWith("index " + at);
    }
  }

  /** Twice, as the second frame repeats the first but for this value. */
  private static String written(String value) {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    writer.begin(Command.SEND, buffer).header("name", "other").end();
    int start = buffer.position();
    writer.begin(Command.SEND, buffer).header("name", value).end();
    byte[] octets = Arrays.copyOfRange(buffer.array(), start, buffer.position());
    String frame = new String(octets, UTF_8);
    assertThat(frame).startsWith("SEND\nname:").endsWith("\n\n\0");
    return frame.substring("SEND\nname:".length(), frame.length() - 3);
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace(":", "\\c")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
