package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.transport.MessageCutter.Message;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCutterTest {
  private final MessageCutter cutter = new MessageCutter(WebSocketOptions.defaults());

  private static String frame(String body) {
    return "SEND\ndestination:/queue/a\n\n" + body + "\0";
  }

  /** Octets of what is cut are valid until the next is. */
  private List<String> cut(ByteBuffer input) {
    return cut(cutter, input);
  }

  private static List<String> cut(MessageCutter cutter, ByteBuffer input) {
    List<String> cut = new ArrayList<>();
    for (Message message = cutter.next(input); message != null; message = cutter.next(input)) {
      String kind = message.isText() ? "text " : "binary ";
      cut.add(kind + (message.isText() ? UTF_8 : ISO_8859_1).decode(message.octets()));
    }
    return cut;
  }

  private static ByteBuffer octets(String text, Charset charset) {
    return ByteBuffer.wrap(text.getBytes(charset));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("a".repeat(3000), UTF_8, "text "),
        Arguments.of("ü".repeat(3000), UTF_8, "text "),
        Arguments.of("a".repeat(2999) + "€", UTF_8, "text "),
        Arguments.of("\uD83D\uDE00", UTF_8, "text "),
        Arguments.of("a".repeat(2000) + "ü" + "a".repeat(2000), ISO_8859_1, "binary "),
        Arguments.of("ü", ISO_8859_1, "binary "),
        Arguments.of("", UTF_8, "text "));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void wholeCharactersAreTextAndAllElseIsNot(String body, Charset charset, String kind) {
    assertThat(cut(octets(frame(body), charset))).containsExactly(kind + frame(body));
  }

  @Test
  void eachFrameIsOneMessageHoweverItsOctetsCome() {
    byte[] both = (frame("one ü") + frame("two €") + "\n").getBytes(UTF_8);
    List<String> cut = new ArrayList<>();

    for (byte octet : both) {
      cut.addAll(cut(ByteBuffer.wrap(new byte[] {octet})));
    }

    assertThat(cut).containsExactly("text " + frame("one ü"), "text " + frame("two €"), "text \n");
    assertThat(cut(ByteBuffer.wrap(both))).isEqualTo(cut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3000000000", "9000000000000000000"})
  void aBodyMayBeLongerThanMemory(String contentLength) {
    String begin = "SEND\ncontent-length:" + contentLength + "\n\na\0b";

    assertThat(cut(octets(begin, UTF_8))).isEmpty();
  }

  @Test
  void aNumberThatNoLengthCanBeCountsNothing() {
    String frame = "SEND\ncontent-length:99999999999999999999\n\na\0";

    assertThat(cut(octets(frame, UTF_8))).containsExactly("text " + frame);
  }

  @Test
  void messagesMayHaveNoLimitBesideThatOfArrays() {
    MessageCutter unlimited =
        new MessageCutter(WebSocketOptions.defaults().withMaxMessage(Integer.MAX_VALUE));
    ByteBuffer both = octets(frame("a") + frame("b"), UTF_8);

    assertThat(cut(unlimited, both)).containsExactly("text " + frame("a"), "text " + frame("b"));
  }

  @Test
  void whatOnlyALargeMessageNeededIsGivenBack() {
    MessageCutter large = new MessageCutter(WebSocketOptions.defaults().withMaxMessage(1_000_000));
    cut(large, octets(frame("a".repeat(900_000)) + "SEND\n", UTF_8));

    Message next = requireNonNull(large.next(octets("\nb\0", UTF_8)));

    assertThat(UTF_8.decode(next.octets().duplicate()).toString()).isEqualTo("SEND\n\nb\0");
    assertThat(next.octets().array().length).isLessThan(1000);
  }
}
