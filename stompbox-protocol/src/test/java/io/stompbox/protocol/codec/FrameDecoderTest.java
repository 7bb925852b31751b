package io.stompbox.protocol.codec;

import static io.stompbox.protocol.frame.Command.CONNECT;
import static io.stompbox.protocol.frame.Command.CONNECTED;
import static io.stompbox.protocol.frame.Command.ERROR;
import static io.stompbox.protocol.frame.Command.MESSAGE;
import static io.stompbox.protocol.frame.Command.RECEIPT;
import static io.stompbox.protocol.frame.Command.SEND;
import static io.stompbox.protocol.frame.Command.SUBSCRIBE;
import static io.stompbox.protocol.frame.Version.V1_0;
import static io.stompbox.protocol.frame.Version.V1_1;
import static io.stompbox.protocol.frame.Version.V1_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameDecoderTest {
  /** Stands at the end of what a row expects if the input ends inside of something. */
  private static final String MORE = "more input is needed";

  private static final DecodedEvent BEAT = new DecodedEvent.HeartBeat();

  private static Stream<Row> frames() {
    Frame telemetry = frame(Command.of("TELEMETRY"), "k", "v").with(Body.of("x"));
    return Stream.of(
        row("no headers, no body", V1_2, "RECEIPT\n\n^@", frame(RECEIPT)),
        row("a body", V1_2, "MESSAGE\nid:7\n\nhi^@", message("hi", "id", "7")),
        row("line ends in a body", V1_1, "MESSAGE\n\n\na\r\n\n^@", message("\na\r\n\n")),
        row("two frames", V1_1, "MESSAGE\n\na^@RECEIPT\n\n^@", message("a"), frame(RECEIPT)),
        row(
            "heart-beats around a frame",
            V1_2,
            "\n\r\nRECEIPT\n\n^@\r\n",
            BEAT,
            BEAT,
            frame(RECEIPT),
            BEAT),
        row("incomplete command", V1_2, "MESS", MORE),
        row("incomplete header", V1_2, "\nMESSAGE\nid", BEAT, MORE),
        row("incomplete blank line", V1_2, "MESSAGE\n\r", MORE),
        row("incomplete body", V1_2, "MESSAGE\nid:7\n\nhi", MORE),
        row("incomplete counted body", V1_2, "MESSAGE\ncontent-length:3\n\nhi", MORE),
        row("counted body without its NUL yet", V1_2, "MESSAGE\ncontent-length:2\n\nhi", MORE),
        row("unknown command", V1_2, "TELEMETRY\nk:v\n\nx^@", telemetry),
        row("blank before a command", V1_2, " SEND\n\n^@", Fault.BAD_COMMAND),
        row("blank after a command", V1_2, "SEND \n\n^@", Fault.BAD_COMMAND),
        row("blank in a command", V1_2, "SE ND\n\n^@", Fault.BAD_COMMAND),
        row("colon in a command", V1_2, "a:b\n\n^@", Fault.BAD_COMMAND),
        row("command of other characters", V1_2, "S\u00c3\u00a9\n\n^@", Fault.BAD_COMMAND),
        row("NUL on the command line", V1_2, "SEND^@", Fault.BAD_COMMAND),
        row("no colon", V1_2, "SEND\nabc\n\n^@", Fault.MALFORMED_HEADER),
        row("no name", V1_2, "SEND\n:abc\n\n^@", Fault.EMPTY_HEADER_NAME),
        row("no value", V1_2, "SEND\na:\n\n^@", frame(SEND, "a", "")),
        row("no value in 1.0", V1_0, "SEND\na:\n\n^@", frame(SEND, "a", "")),
        row("no value to the letter", V1_0, "SEND\na:\n\n^@", Fault.EMPTY_HEADER_VALUE).strict(),
        row("repeated names", V1_2, "SEND\na:1\na:2\n\n^@", frame(SEND, "a", "1", "a", "2")),
        row("NUL in a header", V1_2, "SEND\na:^@b\n\n^@", frame(SEND, "a", "\0b")),
        row("NULs between frames", V1_2, "^@SEND\n\n^@^@\n", frame(SEND), BEAT),
        row("NULs between to the letter", V1_2, "SEND\n\n^@^@", frame(SEND), Fault.BAD_COMMAND)
            .strict(),
        row(
            "frames before a fault",
            V1_2,
            "SEND\n\n^@\n*a\nb\n",
            frame(SEND),
            BEAT,
            Fault.MALFORMED_HEADER));
  }

  private static Stream<Row> lineEnds() {
    return Stream.of(
        row("CR LF in 1.2", V1_2, "SEND\r\na:1\r\n\r\n^@", frame(SEND, "a", "1")),
        row("both kinds", V1_2, "SEND\r\na:1\nb:2\r\n\n^@", frame(SEND, "a", "1", "b", "2")),
        row("CR LF in 1.1", V1_1, "SEND\r\na:1\r\n\r\n^@\r\n", frame(SEND, "a", "1\r"), BEAT),
        row("CR LF in 1.0", V1_0, "SEND\r\na:1\r\n\r\n^@\r\n", frame(SEND, "a", "1"), BEAT),
        row("CR LF before the version", null, "CONNECT\r\na:1\r\n\r\n^@", frame(CONNECT, "a", "1")),
        row("CR LF on a 1.1 command to the letter", V1_1, "SEND\r\n", Fault.BAD_EOL).strict(),
        row("CR LF on a 1.0 command to the letter", V1_0, "SEND\r\n", Fault.BAD_EOL).strict(),
        row("CR LF as a 1.1 blank line to the letter", V1_1, "SEND\n\r\n", Fault.BAD_EOL).strict(),
        row("CR between 1.1 frames to the letter", V1_1, "\n\r", BEAT, Fault.BAD_EOL).strict(),
        row("CR in a 1.1 value", V1_1, "SEND\na:\r1\r\n\n^@", frame(SEND, "a", "\r1\r"))
            .everywhere(),
        row("CR in a 1.2 value", V1_2, "SEND\na:1\r2\n\n^@", Fault.BARE_CR),
        row("CR in a 1.2 name", V1_2, "SEND\na\r:1\n\n^@", Fault.BARE_CR),
        row("CR CR LF in 1.2", V1_2, "SEND\na:1\r\r\n\n^@", Fault.BARE_CR),
        row("CR without LF", V1_2, "\r\r\n", Fault.BAD_EOL),
        row("CR before a frame", V1_1, "\rSEND\n\n^@", Fault.BAD_EOL),
        row("CR whose LF has not come", V1_2, "SEND\n\n^@\r", frame(SEND), MORE));
  }

  private static Stream<Row> text() {
    return Stream.of(
        row("escapes of 1.2", V1_2, "SEND\n\\c:\\n\\r\\c\\\\\n\n^@", frame(SEND, ":", "\n\r:\\")),
        row("escapes of 1.1", V1_1, "SEND\n\\c:\\n\\c\\\\\n\n^@", frame(SEND, ":", "\n:\\"))
            .everywhere(),
        row("escaped CR in 1.1", V1_1, "SEND\na:\\r\n\n^@", frame(SEND, "a", "\r")),
        row("escaped CR to the letter", V1_1, "SEND\na:\\r\n\n^@", Fault.UNDEFINED_ESCAPE).strict(),
        row("no escapes in 1.0", V1_0, "SEND\na:\\c\\t\\\n\n^@", frame(SEND, "a", "\\c\\t\\")),
        row("undefined escape", V1_2, "SEND\na:\\t\n\n^@", Fault.UNDEFINED_ESCAPE),
        row("undefined in a name", V1_2, "SEND\n\\a:1\n\n^@", Fault.UNDEFINED_ESCAPE),
        row("undefined in a repeated", V1_2, "SEND\na:1\na:\\t\n\n^@", Fault.UNDEFINED_ESCAPE),
        row("backslash at the end", V1_1, "SEND\na:b\\\n\n^@", Fault.UNDEFINED_ESCAPE),
        row("handshake", V1_2, "CONNECTED\na:\\c\\t:\\\n\n^@", frame(CONNECTED, "a", "\\c\\t:\\"))
            .everywhere(),
        row("ERROR", V1_2, "ERROR\na:\\c\\t\\r\\\n\n^@", frame(ERROR, "a", ":\\t\r\\"))
            .everywhere(),
        row("ERROR in 1.1", V1_1, "ERROR\na:\\c\\r\n\n^@", frame(ERROR, "a", ":\r")),
        row("ERROR in 1.1 to the letter", V1_1, "ERROR\na:\\c\\r\n\n^@", frame(ERROR, "a", ":\\r"))
            .strict(),
        row("ERROR in 1.0", V1_0, "ERROR\na:\\c\n\n^@", frame(ERROR, "a", "\\c")),
        row(
                "ERROR before the version",
                null,
                "ERROR\na:x:\\c\\t\n\n^@",
                frame(ERROR, "a", "x::\\t"))
            .everywhere(),
        row("raw colon", V1_2, "SEND\na:b:c\n\n^@", frame(SEND, "a", "b:c")),
        row("raw colon to the letter", V1_1, "SEND\na:b:c\n\n^@", Fault.RAW_COLON).strict(),
        row("raw colon in ERROR", V1_2, "ERROR\na:b:c\n\n^@", frame(ERROR, "a", "b:c"))
            .everywhere(),
        row("raw colon in 1.0", V1_0, "SEND\na:b:c\n\n^@", frame(SEND, "a", "b:c")).everywhere(),
        row("padding", V1_1, "SEND\n a : b \n\n^@", frame(SEND, " a ", " b ")).everywhere(),
        row("padding in 1.0", V1_0, "SEND\na: \tb \r\n\n^@", frame(SEND, "a", "b")),
        row("padding in 1.0 to the letter", V1_0, "SEND\na: b \n\n^@", frame(SEND, "a", " b "))
            .strict(),
        row(
            "padding before the version",
            null,
            "CONNECTED\na: b \n\n^@",
            frame(CONNECTED, "a", " b ")),
        row("UTF-8", V1_2, "SEND\n\u00c3\u00a9:\u00e6\u009d\u00b1\n\n^@", frame(SEND, "é", "東"))
            .everywhere(),
        row("other octets", V1_2, "SEND\na:b\u00ffc\n\n^@", frame(SEND, "a", "b\ufffdc")),
        row("other octets to the letter", V1_2, "SEND\na:\u00ff\n\n^@", Fault.BAD_UTF8).strict(),
        row("other octets in a name", V1_1, "SEND\n\u00c3:a\n\n^@", Fault.BAD_UTF8).strict());
  }

  private static Stream<Row> bodies() {
    return Stream.of(
        counted("NULs", "3", "\0\0\0", message("\0\0\0", "content-length", "3")),
        counted("nothing", "0", "", message("", "content-length", "0")),
        counted("leading zeros", "0004", "abcd", message("abcd", "content-length", "0004")),
        counted("padded", " 4\t", "abcd", message("abcd", "content-length", " 4\t")),
        counted("padded to the letter", " 4 ", "abcd", Fault.BAD_CONTENT_LENGTH).strict(),
        counted("too small", "2", "abc", Fault.MISSING_NUL),
        counted("empty", "", "abc", Fault.BAD_CONTENT_LENGTH).everywhere(),
        counted("only blanks", "  ", "abc", Fault.BAD_CONTENT_LENGTH),
        counted("signed", "+4", "abcd", Fault.BAD_CONTENT_LENGTH),
        counted("negative", "-1", "abcd", Fault.BAD_CONTENT_LENGTH),
        counted("blank inside", "1 2", "abcd", Fault.BAD_CONTENT_LENGTH),
        counted("other digits", "\u00d9\u00a4", "abcd", Fault.BAD_CONTENT_LENGTH),
        counted("beyond 32 bits", "4294967300", "abcd", Fault.LIMIT_BODY),
        counted("most of 63 bits", "9223372036854775807", "abcd", Fault.LIMIT_BODY),
        counted("beyond 63 bits", "9223372036854775808", "abcd", Fault.BAD_CONTENT_LENGTH),
        counted("beyond 64 bits", "18446744073709551620", "abcd", Fault.BAD_CONTENT_LENGTH),
        row("empty in 1.0", V1_0, "SEND\ncontent-length:\n\n", Fault.BAD_CONTENT_LENGTH)
            .everywhere(),
        row(
            "first of repeated lengths",
            V1_2,
            "SEND\ncontent-length:1\ncontent-length:x\n\na^@",
            frame(SEND, "content-length", "1", "content-length", "x").with(Body.of("a"))),
        row(
            "name of another case",
            V1_2,
            "SEND\nContent-Length:9\n\n^@",
            frame(SEND, "Content-Length", "9")),
        row("body on RECEIPT", V1_1, "RECEIPT\n\nx", Fault.BODY_NOT_ALLOWED),
        row("counted on RECEIPT", V1_2, "RECEIPT\ncontent-length:1\n\n", Fault.BODY_NOT_ALLOWED),
        row(
            "no octets on RECEIPT",
            V1_2,
            "RECEIPT\ncontent-length:0\n\n^@",
            frame(RECEIPT, "content-length", "0")),
        row("body on SUBSCRIBE", V1_2, "SUBSCRIBE\n\nx^@", Fault.BODY_NOT_ALLOWED),
        row(
                "body on SUBSCRIBE in 1.0",
                V1_0,
                "SUBSCRIBE\n\nx^@",
                frame(SUBSCRIBE).with(Body.of("x")))
            .everywhere(),
        row("body on RECEIPT in 1.0", V1_0, "RECEIPT\n\nx^@", frame(RECEIPT).with(Body.of("x")))
            .everywhere(),
        row("body on CONNECTED in 1.0", V1_0, "CONNECTED\n\nx^@", Fault.BODY_NOT_ALLOWED),
        row(
            "body on CONNECTED before the version",
            null,
            "CONNECTED\n\nx^@",
            Fault.BODY_NOT_ALLOWED));
  }

  private static Stream<Row> limits() {
    DecoderLimits two = DecoderLimits.defaults().withHeaders(2);
    DecoderLimits line = DecoderLimits.defaults().withLine(5);
    DecoderLimits body = DecoderLimits.defaults().withBody(3);
    return Stream.of(
        row("headers", V1_2, "SEND\na:1\nb:2\n\n^@", frame(SEND, "a", "1", "b", "2")).limits(two),
        row("one header more", V1_2, "SEND\na:1\nb:2\nc:3\n", Fault.LIMIT_HEADERS).limits(two),
        row("header line", V1_2, "SEND\nab:cd\n\n^@", frame(SEND, "ab", "cd")).limits(line),
        row("header line and CR", V1_2, "SEND\nab:cd\r\n\n^@", frame(SEND, "ab", "cd"))
            .limits(line),
        row("header line, its CR has come", V1_2, "SEND\nab:cd\r", MORE).limits(line),
        row("one octet more", V1_2, "SEND\nab:cde", Fault.LIMIT_LINE).limits(line),
        row("one octet more and LF", V1_2, "SEND\nab:cde\n", Fault.LIMIT_LINE).limits(line),
        row("one octet more and CR", V1_2, "SEND\nab:cde\r", Fault.LIMIT_LINE).limits(line),
        row("CR that is data", V1_1, "SEND\nab:cd\r\n", Fault.LIMIT_LINE).limits(line),
        row("command", V1_2, "ABCDE\r\n\n^@", frame(Command.of("ABCDE"))).limits(line),
        row("long command", V1_2, "ABCDEF", Fault.LIMIT_LINE).limits(line),
        row("long command and NUL", V1_2, "ABCDEF^@", Fault.LIMIT_LINE).limits(line),
        row("NUL in a long command", V1_2, "AB^@CDEF", Fault.BAD_COMMAND).limits(line),
        row("many heart-beats", V1_2, "\n\r\n\n\n\n\n\n", BEAT, BEAT, BEAT, BEAT, BEAT, BEAT, BEAT)
            .limits(line),
        row("body", V1_2, "SEND\n\nabc^@", frame(SEND).with(Body.of("abc"))).limits(body),
        row("one octet more", V1_2, "SEND\n\nabcd", Fault.LIMIT_BODY).limits(body),
        row(
                "counted body",
                V1_2,
                "SEND\ncontent-length:3\n\nabc^@",
                frame(SEND, "content-length", "3").with(Body.of("abc")))
            .limits(body),
        row("one more announced", V1_2, "SEND\ncontent-length:4\n\n", Fault.LIMIT_BODY)
            .limits(body),
        row("no limit", V1_2, "SEND\na:1\n\nabc^@", frame(SEND, "a", "1").with(Body.of("abc")))
            .limits(
                DecoderLimits.defaults().withLine(Integer.MAX_VALUE).withBody(Integer.MAX_VALUE)),
        row("all headers", V1_2, "SEND\na:1\r\nb:\n\n^@", frame(SEND, "a", "1", "b", ""))
            .limits(octets(8, 64)),
        row("all headers and one more", V1_2, "SEND\na:1\r\nb:2\n", Fault.LIMIT_HEADERS)
            .limits(octets(8, 64)),
        row("headers before the version", null, "CONNECT\na:1\nb:2\n", Fault.LIMIT_HEADERS)
            .limits(octets(64, 7)),
        row("body before the version", null, "ERROR\n\n12345678", Fault.LIMIT_BODY)
            .limits(octets(64, 7)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"frames", "lineEnds", "text", "bodies", "limits"})
  void decodesAtEveryChunkSize(Row row) {
    for (DecoderMode mode : row.modes()) {
      for (int chunk = 1; chunk <= row.wire().length; chunk++) {
        assertThat(row.decode(mode, chunk))
            .as("%s in chunks of %d", mode, chunk)
            .isEqualTo(row.expected());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"frames", "lineEnds", "text", "bodies", "limits"})
  void decodesBuffersOfEveryKind(Row row) {
    for (DecoderMode mode : row.modes()) {
      byte[] wire = row.wire();
      byte[] padded = new byte[wire.length + 8];
      Arrays.fill(padded, (byte) '\n');
      System.arraycopy(wire, 0, padded, 5, wire.length);
      ByteBuffer inside = ByteBuffer.wrap(padded, 2, wire.length + 5).slice();
      inside.position(3).limit(3 + wire.length);

      assertThat(row.decode(mode, inside))
          .as("%s, part of an array", mode)
          .isEqualTo(row.expected());
      assertThat(row.decode(mode, ByteBuffer.wrap(wire).asReadOnlyBuffer()))
          .as("%s, read-only", mode)
          .isEqualTo(row.expected());
      assertThat(row.decode(mode, ByteBuffer.allocateDirect(wire.length).put(wire).flip()))
          .as("%s, direct", mode)
          .isEqualTo(row.expected());
    }
  }

  @Test
  void stopsAfterAnEventAndLeavesTheRest() {
    FrameDecoder decoder = new FrameDecoder();
    ByteBuffer input = ByteBuffer.wrap(Wire.wire("CONNECTED\n\n^@\nMESSAGE\n\na\\^@"));

    assertThat(decoder.decode(input)).isEqualTo(new DecodedEvent.FrameDecoded(frame(CONNECTED)));
    assertThat(input.remaining()).isEqualTo(13);
    decoder.version(V1_1);
    assertThat(decoder.decode(input)).isEqualTo(BEAT);
    assertThat(decoder.decode(input)).isEqualTo(new DecodedEvent.FrameDecoded(message("a\\")));
    assertThat(decoder.decode(input)).isNull();
    assertThat(input.hasRemaining()).isFalse();
  }

  @Test
  void versionChangesTheMeaningOfTheSameOctets() {
    byte[] wire = Wire.wire("MESSAGE\na:\\c \n\n^@");
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(V1_0);
    Frame first = Wire.frames(decoder, wire).get(0);
    decoder.version(V1_1);

    assertThat(first.header("a")).isEqualTo("\\c");
    assertThat(Wire.frames(decoder, wire).get(0).header("a")).isEqualTo(": ");
  }

  @Test
  void versionCannotChangeInsideAFrame() {
    FrameDecoder decoder = new FrameDecoder();
    decoder.decode(ByteBuffer.wrap(Wire.wire("MESSAGE\na:b")));

    assertThatIllegalStateException()
        .isThrownBy(() -> decoder.version(V1_2))
        .withMessage("the version can change only between frames, but the decoder is in HEADERS");
  }

  @Test
  void aFaultIsFinal() {
    FrameDecoder decoder = new FrameDecoder();
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(Wire.wire("SEND\nabc\n"))));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(Wire.wire("RECEIPT\n\n^@"))))
        .withMessage("header line 1 of SEND has no ':': abc (in the frame at offset 0)");
    assertThat(decoder.isInsideFrame()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> decoder.version(V1_2));
  }

  @ParameterizedTest
  @CsvSource({
    "'abc:\\n', 0",
    "'\\n\\nSEND\\nabc\\n', 2",
    "'SEND\\n\\nabc^@SEND\\ncontent-length:1\\n\\nabc', 10",
    "'SEND\\n\\n^@\\n\\rSEND', 8",
    "'SEND\\n\\n^@CONNECTED\\n\\nx', 7"
  })
  void aFaultSaysAtWhichOffsetItsFrameStarts(String text, long offset) {
    byte[] wire = Wire.wire(text.replace("\\n", "\n").replace("\\r", "\r"));
    for (int chunk = 1; chunk <= wire.length; chunk++) {
      FrameDecoder decoder = new FrameDecoder();
      List<byte[]> pieces = Wire.pieces(wire, chunk);

      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> Wire.feed(decoder, pieces, new ArrayList<>()))
          .withMessageEndingWith(" (in the frame at offset " + offset + ")");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"frames", "lineEnds", "text", "bodies", "limits"})
  void nothingOfEarlierInputIsSeenAfterAReset(Row row) {
    byte[] wire = row.wire();
    for (DecoderMode mode : row.modes()) {
      for (int cut = 0; cut <= wire.length; cut++) {
        FrameDecoder decoder = row.decoder(mode);
        row.decode(decoder, List.of(Arrays.copyOf(wire, cut)));
        decoder.reset();

        assertThat(decoder.offset()).isZero();
        assertThat(decoder.unfinished()).isZero();
        if (row.version() != null) {
          decoder.version(row.version());
        }
        assertThat(row.decode(decoder, List.of(wire)))
            .as("%s, reset after %d", mode, cut)
            .isEqualTo(row.expected());
      }
    }
  }

  @Test
  void aResetForgetsTheVersion() {
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(V1_0);
    decoder.reset();

    assertThat(Wire.frames(decoder, Wire.wire("MESSAGE\na:\\c \n\n^@")).get(0).header("a"))
        .isEqualTo(": ");
  }

  @Test
  void countsTheOctetsOfTheInputAndOfTheUnfinishedFrame() {
    FrameDecoder decoder = new FrameDecoder();
    List<DecodedEvent> events = new ArrayList<>();
    Wire.feed(decoder, Wire.pieces(Wire.wire("\nMESSAGE\n\nabc^@\n"), 4), events);
    assertThat(decoder.offset()).isEqualTo(15);
    assertThat(decoder.unfinished()).isZero();

    Wire.feed(decoder, Wire.pieces(Wire.wire("MESSAGE\n\nab"), 3), events);
    assertThat(decoder.offset()).isEqualTo(26);
    assertThat(decoder.unfinished()).isEqualTo(11);
  }

  /** In each message a rule, what was found, and which line of which frame at which offset. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token:abc~ | a command must be visible ASCII characters without ':', but the line"
            + " is 'token:...'",
        "SEND^@ | a command must be visible ASCII characters without ':', but the line is 'SEND'"
            + " with a NUL at its end",
        "MESSAGE~a:1~id~ | header line 2 of MESSAGE has no ':': id",
        "MESSAGE~a:1~:b~ | header line 2 of MESSAGE has no name before its ':': :b",
        "MESSAGE~a:1~b:\\t~ | header line 2 of MESSAGE has the escape '\\t'; defined are"
            + " \\\\ \\n \\r \\c",
        "SEND~a:1~b:12345678901~ | header line 2 of SEND is longer than 10 octets; raise"
            + " DecoderLimits if you trust the peer",
        "ABCDEFGHIJK~ | the command line is longer than 10 octets; raise DecoderLimits if you"
            + " trust the peer",
        "SEND~a:1~b:2~c:3~ | SEND has more than 2 headers; raise DecoderLimits if you trust the"
            + " peer",
        "ERROR~~12345678901 | the body of ERROR is longer than 9 octets; raise DecoderLimits if"
            + " you trust the peer",
        "CONNECTED~~x | CONNECTED has a body; only SEND, MESSAGE and ERROR may have one"
      })
  void messagesSayWhatIsWrongAndWhere(String text, String message) {
    DecoderLimits limits = DecoderLimits.defaults().withLine(10).withHeaders(2).withBody(9);
    byte[] wire = Wire.wire("RECEIPT~~^@~".replace('~', '\n') + text.replace('~', '\n'));
    for (int chunk : List.of(1, 3, 100)) {
      FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits);
      decoder.version(V1_2);

      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> Wire.feed(decoder, Wire.pieces(wire, chunk), new ArrayList<>()))
          .withMessage(message + " (in the frame at offset 11)");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfSecretLines")
  void messagesOfFaultsHoldNoSecrets(Row row) {
    FrameDecoder decoder = row.decoder(row.modes().get(0));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(row.wire())))
        .withMessageContaining("header line 1 of ")
        .withMessageNotContaining("hunter2");
  }

  private static Stream<Row> faultsOfSecretLines() {
    return Stream.of(
        row("bare CR", V1_2, "SEND\ntoken:hunter2\r-\n", Fault.BARE_CR),
        row("raw colon", V1_2, "SEND\ntoken:hunter2:-\n", Fault.RAW_COLON).strict(),
        row("UTF-8", V1_2, "SEND\ntoken:hunter2\u00ff\n", Fault.BAD_UTF8).strict(),
        row("escape", V1_2, "SEND\ntoken:hunter2\\t\n", Fault.UNDEFINED_ESCAPE),
        row("no colon", null, "CONNECT\npasscode hunter2\n", Fault.MALFORMED_HEADER));
  }

  @Test
  void aLongBodyArrivesInSmallPieces() {
    byte[] body = new byte[300_000];
    Arrays.fill(body, (byte) 'x');
    byte[] head = Wire.wire("MESSAGE\ncontent-length:300000\n\n");
    byte[] open = Wire.wire("MESSAGE\n\n");

    assertThat(inPieces(head, body)).isEqualTo(Body.of(body));
    assertThat(inPieces(open, body)).isEqualTo(Body.of(body));
  }

  private static Body inPieces(byte[] head, byte[] body) {
    ByteBuffer wire = ByteBuffer.allocate(head.length + body.length + 1).put(head).put(body);
    List<DecodedEvent> events = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(V1_2);
    Wire.feed(decoder, Wire.pieces(wire.array(), 777), events);
    return Wire.frames(events).get(0).body();
  }

  private static Row counted(String name, String length, String body, Object expected) {
    String wire = "MESSAGE\ncontent-length:" + length + "\n\n" + body + "^@";
    return row("content-length: " + name, V1_2, wire, expected);
  }

  private static Row row(String name, @Nullable Version version, String wire, Object... expected) {
    return new Row(
        name,
        version,
        List.of(DecoderMode.TOLERANT),
        DecoderLimits.defaults(),
        wire,
        Arrays.asList(expected));
  }

  private static DecoderLimits octets(int headers, int handshake) {
    return new DecoderLimits(64, 64, 8, headers, 64, handshake);
  }

  private static Frame frame(Command command, String... namesAndValues) {
    return Frame.of(command, namesAndValues);
  }

  private static Frame message(String body, String... namesAndValues) {
    return frame(MESSAGE, namesAndValues).with(Body.of(body));
  }

  /**
   * One line of a table.
   *
   * @param version null before it is known
   * @param expected frames and heart-beats in order, then a fault or {@link #MORE}
   */
  private record Row(
      String name,
      @Nullable Version version,
      List<DecoderMode> modes,
      DecoderLimits limits,
      String text,
      List<Object> expected) {

    byte[] wire() {
      return Wire.wire(text);
    }

    Row strict() {
      return new Row(name, version, List.of(DecoderMode.STRICT), limits, text, expected);
    }

    Row everywhere() {
      return new Row(
          name, version, List.of(DecoderMode.TOLERANT, DecoderMode.STRICT), limits, text, expected);
    }

    Row limits(DecoderLimits other) {
      return new Row(name, version, modes, other, text, expected);
    }

    FrameDecoder decoder(DecoderMode mode) {
      FrameDecoder decoder = new FrameDecoder(mode, limits);
      if (version != null) {
        decoder.version(version);
      }
      return decoder;
    }

    List<Object> decode(DecoderMode mode, int chunk) {
      return decode(decoder(mode), Wire.pieces(wire(), chunk));
    }

    List<Object> decode(FrameDecoder decoder, List<byte[]> pieces) {
      return seen(decoder, events -> Wire.feed(decoder, pieces, events));
    }

    List<Object> decode(DecoderMode mode, ByteBuffer input) {
      FrameDecoder decoder = decoder(mode);
      return seen(decoder, events -> Wire.drain(decoder, input, events));
    }

    private static List<Object> seen(FrameDecoder decoder, Consumer<List<DecodedEvent>> feeding) {
      List<DecodedEvent> events = new ArrayList<>();
      List<Object> end = new ArrayList<>();
      try {
        feeding.accept(events);
      } catch (ProtocolException e) {
        end.add(e.fault());
      }
      if (decoder.isInsideFrame()) {
        end.add(MORE);
      }
      List<Object> seen = new ArrayList<>();
      events.forEach(
          event ->
              seen.add(event instanceof DecodedEvent.FrameDecoded frame ? frame.frame() : event));
      seen.addAll(end);
      return seen;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
