package io.stompbox.protocol.codec;

import static io.stompbox.protocol.frame.Command.CONNECT;
import static io.stompbox.protocol.frame.Command.CONNECTED;
import static io.stompbox.protocol.frame.Command.ERROR;
import static io.stompbox.protocol.frame.Command.MESSAGE;
import static io.stompbox.protocol.frame.Command.SEND;
import static io.stompbox.protocol.frame.Command.STOMP;
import static io.stompbox.protocol.frame.Command.SUBSCRIBE;
import static io.stompbox.protocol.frame.Version.V1_0;
import static io.stompbox.protocol.frame.Version.V1_1;
import static io.stompbox.protocol.frame.Version.V1_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.protocol.codec.EncoderOptions.ConnectText;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEncoderTest {
  private static final EncoderOptions OMITTED =
      EncoderOptions.defaults().with(ContentLength.OMITTED);

  private static final EncoderOptions ESCAPED = EncoderOptions.defaults().with(ConnectText.ESCAPED);

  private static Stream<Row> written() {
    return Stream.of(
        row("no headers, no body", V1_2, Frame.of(SEND), "SEND\n\n^@"),
        row(
            "escapes of 1.2",
            V1_2,
            Frame.of(SEND, "a:", "\\\n\r:"),
            "SEND\na\\c:\\\\\\n\\r\\c\n\n^@"),
        row("CR in 1.1", V1_1, Frame.of(SEND, "a:", "\\\n\r:"), "SEND\na\\c:\\\\\\n\r\\c\n\n^@"),
        row(
            "nothing escaped in 1.0",
            V1_0,
            Frame.of(SEND, "a\\", "\\\r:"),
            "SEND\na\\:\\\r:\n\n^@"),
        row("CONNECT", V1_2, Frame.of(CONNECT, "a\\", "\\:"), "CONNECT\na\\:\\:\n\n^@"),
        row("STOMP", V1_1, Frame.of(STOMP, "a", "\\:"), "STOMP\na:\\:\n\n^@"),
        row(
            "CONNECT, escaped",
            V1_0,
            ESCAPED,
            Frame.of(CONNECT, "a", "\\:\r"),
            "CONNECT\na:\\\\\\c\\r\n\n^@"),
        row(
            "CONNECTED, never escaped",
            V1_2,
            ESCAPED,
            Frame.of(CONNECTED, "a", "\\:"),
            "CONNECTED\na:\\:\n\n^@"),
        row("SEND beside them", V1_0, ESCAPED, Frame.of(SEND, "a", "\\:"), "SEND\na:\\:\n\n^@"),
        row("CONNECTED", V1_2, Frame.of(CONNECTED, "a", "\\c:"), "CONNECTED\na:\\c:\n\n^@"),
        row("padding", V1_2, Frame.of(SEND, " a ", " b "), "SEND\n a : b \n\n^@"),
        row("tab", V1_2, Frame.of(SEND, "a", "\t:\n"), "SEND\na:\t\\c\\n\n\n^@"),
        row("empty value", V1_2, Frame.of(SEND, "a", ""), "SEND\na:\n\n^@"),
        row("NUL in a header", V1_1, Frame.of(SEND, "a", "\0b"), "SEND\na:^@b\n\n^@"),
        row(
            "repeated",
            V1_1,
            Frame.of(SEND, "a", "2", "b", "", "a", "1"),
            "SEND\na:2\nb:\na:1\n\n^@"),
        row(
            "UTF-8 of every length",
            V1_2,
            Frame.of(SEND, "\u007f\u0080\u07ff", "\u0800\uffff\ud800\udc00\udbff\udfff"),
            "SEND\n\u007f\u00c2\u0080\u00df\u00bf:\u00e0\u00a0\u0080\u00ef\u00bf\u00bf"
                + "\u00f0\u0090\u0080\u0080\u00f4\u008f\u00bf\u00bf\n\n^@"),
        row("body", V1_2, body("a\0b"), "SEND\ncontent-length:3\n\na^@b^@"),
        row(
            "long body",
            V1_2,
            body("x".repeat(1234)),
            "SEND\ncontent-length:1234\n\n" + "x".repeat(1234) + "^@"),
        row(
            "own length",
            V1_2,
            body("hello", "content-length", "5", "a", "b"),
            "SEND\ncontent-length:5\na:b\n\nhello^@"),
        row(
            "own length twice",
            V1_2,
            body("hello", "content-length", "5", "content-length", "9"),
            "SEND\ncontent-length:5\n\nhello^@"),
        row(
            "own length of nothing",
            V1_2,
            body("", "content-length", "0"),
            "SEND\ncontent-length:0\n\n^@"),
        row("omitted length", V1_2, OMITTED, body("hello", "a", "b"), "SEND\na:b\n\nhello^@"),
        row(
            "own length omitted",
            V1_2,
            OMITTED,
            body("hello", "content-length", "5"),
            "SEND\n\nhello^@"),
        row(
            "body on SUBSCRIBE in 1.0",
            V1_0,
            Frame.of(SUBSCRIBE).with(Body.of("x")),
            "SUBSCRIBE\ncontent-length:1\n\nx^@"),
        row(
            "body on an unknown command",
            V1_2,
            Frame.of(Command.of("X")).with(Body.of("x")),
            "X\ncontent-length:1\n\nx^@"),
        row(
            "CR LF",
            V1_2,
            EncoderOptions.defaults().with(LineEnd.CRLF),
            body("x\n", "a", "b"),
            "SEND\r\na:b\r\ncontent-length:2\r\n\r\nx\n^@"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("written")
  void writesTheSameToEveryTargetAgainAndAgain(Row row) {
    FrameEncoder encoder = new FrameEncoder(row.version(), row.options());
    int most = encoder.maxSize(row.frame());
    for (int i = 0; i < 4; i++) {
      ByteBuffer heap = ByteBuffer.allocate(most + 7).position(3).slice().position(4);
      encoder.encode(row.frame(), heap);
      ByteBuffer direct = ByteBuffer.allocateDirect(most + 4).position(4);
      encoder.encode(row.frame(), direct);

      assertThat(octets(heap)).isEqualTo(row.wire());
      assertThat(octets(direct)).isEqualTo(row.wire());
      assertThat(Wire.shown(encoder.encode(row.frame()))).isEqualTo(row.wire());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("written")
  void isRefusedWithoutRoom(Row row) {
    FrameEncoder encoder = new FrameEncoder(row.version(), row.options());
    byte[] octets = encoder.encode(row.frame());
    ByteBuffer small = ByteBuffer.allocate(octets.length + 3).position(4);

    assertThat(octets.length).isLessThanOrEqualTo(encoder.maxSize(row.frame()));
    assertThatExceptionOfType(BufferOverflowException.class)
        .isThrownBy(() -> encoder.encode(row.frame(), small));
    assertThat(small.position()).isEqualTo(4);
  }

  private static Stream<Row> refused() {
    return Stream.of(
        refused("LF in 1.0", V1_0, Frame.of(SEND, "a", "b\n"), Reason.UNENCODABLE),
        refused("LF in a 1.0 name", V1_0, Frame.of(SEND, "a\n", "b"), Reason.UNENCODABLE),
        refused("NUL in 1.0", V1_0, Frame.of(SEND, "a", "\0"), Reason.UNENCODABLE),
        refused("colon in a 1.0 name", V1_0, Frame.of(SEND, "a:b", "c"), Reason.UNENCODABLE),
        refused("LF in CONNECT", V1_2, Frame.of(CONNECT, "a", "b\nc"), Reason.UNENCODABLE),
        refused("CR in CONNECT", V1_2, Frame.of(CONNECT, "a", "b\rc"), Reason.UNENCODABLE),
        refused("NUL in STOMP", V1_1, Frame.of(STOMP, "a\0", "b"), Reason.UNENCODABLE),
        refused(
            "colon in a CONNECTED name", V1_2, Frame.of(CONNECTED, "a:b", "c"), Reason.UNENCODABLE),
        new Row(
            "NUL in an escaped CONNECT",
            V1_2,
            ESCAPED,
            Frame.of(CONNECT, "a", "\0"),
            Reason.UNENCODABLE.name()),
        refused("high surrogate alone", V1_2, Frame.of(SEND, "a", "b\ud800"), Reason.UNENCODABLE),
        refused("low surrogate alone", V1_1, Frame.of(SEND, "\udc00a", "b"), Reason.UNENCODABLE),
        refused(
            "surrogates swapped", V1_0, Frame.of(SEND, "a", "\udc00\ud800"), Reason.UNENCODABLE),
        refused(
            "body on SUBSCRIBE",
            V1_1,
            Frame.of(SUBSCRIBE).with(Body.of("x")),
            Reason.BODY_NOT_ALLOWED),
        refused(
            "body on CONNECT", V1_0, Frame.of(CONNECT).with(Body.of("x")), Reason.BODY_NOT_ALLOWED),
        refused(
            "other length", V1_2, body("hello", "content-length", "6"), Reason.BAD_CONTENT_LENGTH),
        refused(
            "start is missing",
            V1_2,
            body("x".repeat(15), "content-length", "5"),
            Reason.BAD_CONTENT_LENGTH),
        refused(
            "ends alike", V1_2, body("hello", "content-length", "15"), Reason.BAD_CONTENT_LENGTH),
        refused(
            "padded length",
            V1_2,
            body("hello", "content-length", " 5"),
            Reason.BAD_CONTENT_LENGTH),
        refused(
            "leading zero", V1_2, body("hello", "content-length", "05"), Reason.BAD_CONTENT_LENGTH),
        refused("empty length", V1_2, body("", "content-length", ""), Reason.BAD_CONTENT_LENGTH),
        refused(
            "length without a body",
            V1_2,
            body("", "content-length", "5"),
            Reason.BAD_CONTENT_LENGTH),
        new Row(
            "NUL without length",
            V1_2,
            OMITTED,
            body("a\0b"),
            Reason.NUL_NEEDS_CONTENT_LENGTH.name()),
        new Row(
            "other length omitted",
            V1_2,
            OMITTED,
            body("a", "content-length", "2"),
            Reason.BAD_CONTENT_LENGTH.name()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void aRefusedFrameLeavesTheTargetAndTheEncoderAsTheyWere(Row row) {
    FrameEncoder encoder = new FrameEncoder(row.version(), row.options());
    ByteBuffer heap = ByteBuffer.allocate(200).position(4);
    ByteBuffer direct = ByteBuffer.allocateDirect(200).position(4);

    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> encoder.encode(row.frame(), heap))
        .matches(e -> e.reason() == Reason.valueOf(row.wire()));
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> encoder.encode(row.frame(), direct));
    assertThat(heap.position()).isEqualTo(4);
    assertThat(direct.position()).isEqualTo(4);
    assertThat(Wire.shown(encoder.encode(Frame.of(SEND, "a", "b")))).isEqualTo("SEND\na:b\n\n^@");
  }

  @Test
  void saysWhichCharacterCannotBeCarried() {
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> new FrameEncoder(V1_0).encode(Frame.of(SEND, "a", "b\n")))
        .withMessage(
            "header 'a:b\n' of SEND has the character U+000A, which STOMP 1.0 can't carry");
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> new FrameEncoder(V1_2).encode(Frame.of(SEND, "a", "b\ud800")))
        .withMessageContaining("has a surrogate without its partner at index 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2\n", "hunter2\r", "hunter2\0", "hunter2\ud800"})
  void neverShowsAPasscode(String passcode) {
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> new FrameEncoder(V1_2).encode(Frame.of(CONNECT, "passcode", passcode)))
        .withMessageContaining("passcode:***")
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @EnumSource(names = {"V1_0", "V1_1"})
  void endsLinesInCrLfOnlyFrom12On(Version version) {
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> new FrameEncoder(version, EncoderOptions.defaults().with(LineEnd.CRLF)))
        .withMessage("lines can't end in CR LF in STOMP " + version + ", only in 1.2")
        .matches(e -> e.reason() == Reason.CRLF_NEEDS_1_2);
  }

  @Test
  void doesNotTakeOneHeaderForAnother() {
    FrameEncoder encoder = new FrameEncoder(V1_2);
    String equal = new String("v:1");
    Frame[] frames = {
      Frame.of(SEND, "a:", "v:1", "b", "2"),
      Frame.of(SEND, "a:", equal, "b", "2"),
      Frame.of(SEND, "a:", "v:2", "b", "2"),
      Frame.of(SEND, "b", "v:1", "a:", "2"),
      Frame.of(CONNECT, "a", "v:1"),
      Frame.of(ERROR, "a:", "v:1"),
      Frame.of(MESSAGE, "b", "2"),
      Frame.of(SEND, "a:", "v:1", "b", "2"),
    };
    for (int i = 0; i < 100; i++) {
      Frame frame = frames[i / 2 * 7 % frames.length];

      assertThat(encoder.encode(frame)).isEqualTo(new FrameEncoder(V1_2).encode(frame));
    }
  }

  @Test
  void writesManyAndLongHeaders() {
    Frame frame = Frame.of(SEND);
    StringBuilder expected = new StringBuilder("SEND\n");
    for (int i = 0; i < 100; i++) {
      String value = String.valueOf(i % 10).repeat(10 * i);
      frame = frame.with("name" + i, value);
      expected.append("name").append(i).append(':').append(value).append('\n');
    }
    FrameEncoder encoder = new FrameEncoder(V1_2);

    for (int i = 0; i < 3; i++) {
      assertThat(Wire.shown(encoder.encode(frame))).isEqualTo(expected + "\n^@");
    }
  }

  private static Frame body(String body, String... headers) {
    return Frame.of(SEND, headers).with(Body.of(body));
  }

  private static Row row(String name, Version version, Frame frame, String wire) {
    return new Row(name, version, EncoderOptions.defaults(), frame, wire);
  }

  private static Row row(
      String name, Version version, EncoderOptions options, Frame frame, String wire) {
    return new Row(name, version, options, frame, wire);
  }

  private static Row refused(String name, Version version, Frame frame, Reason reason) {
    return new Row(name, version, EncoderOptions.defaults(), frame, reason.name());
  }

  /** Returns what was written between the position 4 of a target and where it is. */
  private static String octets(ByteBuffer target) {
    byte[] octets = new byte[target.position() - 4];
    target.flip().position(4).get(octets);
    return Wire.shown(octets);
  }

  /**
   * One line of a table.
   *
   * @param wire what is written, or the name of the reason why nothing is
   */
  private record Row(
      String name, Version version, EncoderOptions options, Frame frame, String wire) {
    @Override
    public String toString() {
      return name;
    }
  }
}
