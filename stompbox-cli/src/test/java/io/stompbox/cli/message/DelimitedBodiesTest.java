package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.Outgoing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An input falls into parts, however its octets come. */
class DelimitedBodiesTest {
  static Stream<Arguments> inputs() {
    return Stream.of(
        row("nothing", "", "\\n"),
        row("one line", "a\n", "\\n", "a"),
        row("a line without its end", "a", "\\n", "a"),
        row("an empty line is a message", "a\n\nb\n", "\\n", "a", "", "b"),
        row("a carriage return belongs to its line", "a\r\nb", "\\n", "a\r", "b"),
        row("longer delimiters", "a--b-c--", "--", "a", "b-c"),
        row("the first that fits delimits", "a---b", "--", "a", "-b"),
        row("delimiters with a prefix that repeats", "xaab", "ab", "xa"),
        row("NUL", "a\0b\0", "\\0", "a", "b"),
        row("not ASCII", "äöüöß", "ö", "ä", "ü", "ß"));
  }

  private static Arguments row(String name, String input, String delimiter, String... parts) {
    return Arguments.of(name, input, delimiter, List.of(parts));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void partsAreTheSameInChunksOfAnySize(
      String name, String input, String delimiter, List<String> parts) throws IOException {
    byte[] octets = input.getBytes(StandardCharsets.UTF_8);
    for (int chunk = 1; chunk <= octets.length + 1; chunk++) {
      assertThat(read(octets, chunk, delimiter))
          .as("%s, in chunks of %d", name, chunk)
          .isEqualTo(parts);
    }
  }

  @Test
  void partMayBeLongerThanWhatIsReadAtOnce() throws IOException {
    String part = "x".repeat(200_000);

    assertThat(read((part + "\n" + part).getBytes(StandardCharsets.UTF_8), 1 << 20, "\\n"))
        .containsExactly(part, part);
  }

  private static List<String> read(byte[] octets, int chunk, String delimiter) throws IOException {
    InputStream input =
        new ByteArrayInputStream(octets) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(chunk, length));
          }
        };
    MessageSource source =
        new DelimitedBodies(
            input, new Delimiter.Converter().convert(delimiter), Outgoing.to("/queue/a"));
    List<String> parts = new ArrayList<>();
    for (Outgoing next = source.next(); next != null; next = source.next()) {
      parts.add(next.body().text());
    }
    return parts;
  }
}
