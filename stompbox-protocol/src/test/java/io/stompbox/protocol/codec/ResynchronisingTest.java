package io.stompbox.protocol.codec;

import static io.stompbox.protocol.frame.Command.CONNECT;
import static io.stompbox.protocol.frame.Command.ERROR;
import static io.stompbox.protocol.frame.Command.MESSAGE;
import static io.stompbox.protocol.frame.Command.NACK;
import static io.stompbox.protocol.frame.Version.V1_0;
import static io.stompbox.protocol.frame.Version.V1_1;
import static io.stompbox.protocol.frame.Version.V1_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResynchronisingTest {
  private static final DecodedEvent BEAT = new DecodedEvent.HeartBeat();
  private static final Frame X = message("x");
  private static final Frame Y = message("y");

  private static Stream<Row> garbage() {
    return Stream.of(
        row("nothing"),
        row("good frames", "MESSAGE\n\nx^@\n\r\nMESSAGE\n\ny^@", X, BEAT, BEAT, Y),
        row("no line end", "BUNK", skipped(4, Fault.BAD_COMMAND)),
        row("a line", "BUNK\n", skipped(5, Fault.BAD_COMMAND)),
        row("a NUL at its end", "BUNK^@", skipped(5, Fault.BAD_COMMAND)),
        row("a heart-beat after it", "BUNK^@\n", skipped(5, Fault.BAD_COMMAND), BEAT),
        row("CR LF after it", "BUNK^@\r\n", skipped(5, Fault.BAD_COMMAND), BEAT),
        row("a frame after its NUL", "BUNK^@MESSAGE\n\nx^@", skipped(5, Fault.BAD_COMMAND), X),
        row("a frame after its line", "BUNK\nMESSAGE\n\nx^@", skipped(5, Fault.BAD_COMMAND), X),
        row("lines", "BUNK\n\nmore^@MESSAGE\n\nx^@", skipped(11, Fault.BAD_COMMAND), X),
        row("NULs", "a^@b^@c^@MESSAGE\n\nx^@", skipped(6, Fault.BAD_COMMAND), X),
        row("only NULs", "^@^@^@MESSAGE\n\nx^@", X),
        row(
            "between frames",
            "MESSAGE\n\nx^@TRAIL\nmore^@MESSAGE\n\ny^@",
            X,
            skipped(11, Fault.BAD_COMMAND),
            Y),
        row("an unfinished frame after it", "BUNK^@MESSAGE\nfoo:", skipped(5, Fault.BAD_COMMAND))
            .with(skipped(12, Fault.INCOMPLETE_FRAME)),
        row("small letters", "message\n\nx^@ERROR\n\n^@", skipped(11, Fault.BAD_COMMAND))
            .with(Frame.of(ERROR)),
        row("other commands", "GARBAGE\n\n^@MESSAGE\n\nx^@", skipped(10, Fault.BAD_COMMAND), X),
        row("words after a command", "RECEIPT extra\n\n^@MESSAGE\n\nx^@")
            .with(skipped(16, Fault.BAD_COMMAND), X),
        row("words before a command", "an ERROR\nMESSAGE\n\nx^@", skipped(9, Fault.BAD_COMMAND), X),
        row("longer words", "UNSUBSCRIBEALL\nMESSAGE\n\nx^@", skipped(15, Fault.BAD_COMMAND), X),
        row("a CR alone", "\rBUNK\nMESSAGE\n\nx^@", skipped(6, Fault.BAD_EOL), X),
        row("a CR at the end", "MESSAGE\n\nx^@\r", X, skipped(1, Fault.INCOMPLETE_FRAME)),
        row("the longest command", "-\nUNSUBSCRIBE\r\nid:1\r\n\r\n^@")
            .with(skipped(2, Fault.BAD_COMMAND), Frame.of(Command.UNSUBSCRIBE, "id", "1")),
        row("commands of later versions", "-^@NACK\nid:1\n\n^@")
            .with(skipped(2, Fault.BAD_COMMAND), Frame.of(NACK, "id", "1")),
        row(
            "octets",
            "\u00ff\u00fe^@\u0001\u0080\nMESSAGE\n\nx^@",
            skipped(6, Fault.BAD_COMMAND),
            X),
        row("a command and a NUL", "MESSAGE^@MESSAGE\n\nx^@", skipped(8, Fault.BAD_COMMAND), X));
  }

  private static Stream<Row> headers() {
    Frame odd = Frame.of(MESSAGE, "a", "\0b").with(Body.of("x"));
    return Stream.of(
        row(
            "no colon",
            "MESSAGE\nabc\n\n-^@MESSAGE\n\nx^@",
            skipped(15, Fault.MALFORMED_HEADER),
            X),
        row("cut after a header", "MESSAGE\na:1\nMESSAGE\n\nx^@")
            .with(skipped(12, Fault.MALFORMED_HEADER), X),
        row("cut after the command", "MESSAGE\nERROR\nMESSAGE\n\nx^@")
            .with(skipped(8, Fault.MALFORMED_HEADER), skipped(6, Fault.MALFORMED_HEADER), X),
        row("cut in a header, with a NUL", "MESSAGE\na:1^@MESSAGE\n\nx^@")
            .with(skipped(12, Fault.MALFORMED_HEADER), X),
        row("cut in a header, with a NUL and LF", "MESSAGE\na:1^@\nMESSAGE\n\nx^@")
            .with(skipped(13, Fault.MALFORMED_HEADER), X),
        row("a NUL that is data", "MESSAGE\na:^@b\n\nx^@", odd),
        row("cut in a name, with a NUL and LF", "MESSAGE\nab^@\nMESSAGE\n\nx^@")
            .with(skipped(11, Fault.MALFORMED_HEADER), BEAT, X),
        row("cut in a name, with a NUL and CR LF", "MESSAGE\nab^@\r\nMESSAGE\n\nx^@")
            .with(skipped(11, Fault.MALFORMED_HEADER), BEAT, X),
        row("undefined escape", "MESSAGE\na:\\t\n\nMESSAGE\n\nx^@MESSAGE\n\ny^@")
            .with(skipped(25, Fault.UNDEFINED_ESCAPE), Y),
        row("undefined escape, counted", "SEND\na:\\t\ncontent-length:3\n\n^@\n-^@MESSAGE\n\nx^@")
            .with(skipped(32, Fault.UNDEFINED_ESCAPE), X),
        row("two faults", "SEND\na:\\t\n:b\n\nERROR\n^@MESSAGE\n\nx^@")
            .with(skipped(21, Fault.UNDEFINED_ESCAPE), X),
        row("two faults, the second of another kind", "SEND\na:\\t\nb\nMESSAGE\n\nx^@")
            .with(skipped(12, Fault.UNDEFINED_ESCAPE), X),
        row("a bare CR", "SEND\na:\r1\n\nERROR\n^@MESSAGE\n\nx^@", skipped(18, Fault.BARE_CR), X),
        row(
            "a bare CR without a colon",
            "SEND\na\r1\nMESSAGE\n\nx^@",
            skipped(9, Fault.BARE_CR),
            X),
        row("escape in a length", "SEND\ncontent-length:\\t\n\nMESSAGE\n\nx^@")
            .with(skipped(24, Fault.UNDEFINED_ESCAPE), X),
        row("an odd length", "SEND\ncontent-length:-1\n\nMESSAGE\n\nx^@")
            .with(skipped(24, Fault.BAD_CONTENT_LENGTH), X),
        row("escapes of 1.0", "MESSAGE\n\nx^@-\nMESSAGE\na:\\t\n\nx^@")
            .version(V1_0)
            .with(X, skipped(2, Fault.BAD_COMMAND))
            .with(Frame.of(MESSAGE, "a", "\\t").with(Body.of("x"))),
        row("CR LF of 1.1", "-\nMESSAGE\r\n\r\nx^@", skipped(2, Fault.BAD_COMMAND), X)
            .version(V1_1),
        row("before the version", "-\nCONNECT\na:\\t\n\n^@", skipped(2, Fault.BAD_COMMAND))
            .version(null)
            .with(Frame.of(CONNECT, "a", "\\t")));
  }

  private static Stream<Row> bodies() {
    return Stream.of(
        row("no body allowed", "RECEIPT\n\nMESSAGE\n\nx^@", skipped(9, Fault.BODY_NOT_ALLOWED), X),
        row("announced body not allowed", "RECEIPT\ncontent-length:3\n\nabc^@MESSAGE\n\nx^@")
            .with(skipped(30, Fault.BODY_NOT_ALLOWED), X),
        row("too short a length", "SEND\ncontent-length:3\n\nabcde^@MESSAGE\n\nx^@")
            .with(skipped(29, Fault.MISSING_NUL), X),
        row("too short a length, lines", "SEND\ncontent-length:1\n\na\nb\n^@MESSAGE\n\nx^@")
            .with(skipped(28, Fault.MISSING_NUL), X),
        row("too long a length", "SEND\ncontent-length:9\n\nabc^@MESSAGE\n\nx^@MESSAGE\n\ny^@")
            .with(skipped(27, Fault.MISSING_NUL), X, Y),
        row("a length that swallows frames", swallow(28), skipped(28, Fault.MISSING_NUL), X, Y, X),
        row("a length that swallows all", swallow(999), skipped(29, Fault.INCOMPLETE_FRAME))
            .with(X, Y, X),
        row(
                "lengths that lie inside of another",
                "SEND\ncontent-length:40\n\nSEND\ncontent-length:30\n\nMESSAGE\n\nx^@MESSAGE\n\ny^@"
                    + "MESSAGE\n\nx^@")
            .with(skipped(24, Fault.MISSING_NUL), skipped(24, Fault.MISSING_NUL), X, Y, X),
        row("cut in a counted body", "SEND\ncontent-length:9\n\nabc\nMESSAGE\n\nx^@")
            .with(skipped(27, Fault.MISSING_NUL), X),
        row("cut at the end", "MESSAGE\n\nx^@MESSAGE\n\nabc", X)
            .with(skipped(12, Fault.INCOMPLETE_FRAME)),
        row("cut at the end of the headers", "MESSAGE\n\nx^@MESSAGE\na:1\n", X)
            .with(skipped(12, Fault.INCOMPLETE_FRAME)),
        row("cut at the end of a command", "MESSAGE\n\nx^@MESSAG", X)
            .with(skipped(6, Fault.BAD_COMMAND)),
        row("a frame in a body", "MESSAGE\n\n-\nMESSAGE\n\nx^@", message("-\nMESSAGE\n\nx")));
  }

  private static String swallow(int length) {
    return "SEND\ncontent-length:" + length + "\n\nabc^@MESSAGE\n\nx^@MESSAGE\n\ny^@MESSAGE\n\nx^@";
  }

  private static Stream<Row> limits() {
    DecoderLimits small = new DecoderLimits(12, 20, 2, 30, 12, 30);
    return Stream.of(
            row("header line", "SEND\na:" + "b".repeat(40) + "\nMESSAGE\n\nx^@")
                .with(skipped(48, Fault.LIMIT_LINE), X),
            row("header line with a frame", "SEND\na:" + "b".repeat(20) + "^@MESSAGE\n\nx^@")
                .with(skipped(28, Fault.LIMIT_LINE), X),
            row("header line cut", "SEND\na:123^@MESSAGE\n\nx^@")
                .with(skipped(11, Fault.MALFORMED_HEADER), X),
            row("headers", "SEND\na:1\nb:2\nc:3\nd:4\n\n^@MESSAGE\n\nx^@")
                .with(skipped(23, Fault.LIMIT_HEADERS), X),
            row("all headers", "SEND\na:1234567890\nb:12345678901234567\n\n^@MESSAGE\n\nx^@")
                .with(skipped(40, Fault.LIMIT_HEADERS), X),
            row("body", "SEND\n\n12345678901234^@MESSAGE\n\nx^@", skipped(21, Fault.LIMIT_BODY), X),
            row("body with a frame", "SEND\n\n12\nMESSAGE\n\nx^@", skipped(9, Fault.LIMIT_BODY), X),
            row("announced body", "SEND\ncontent-length:13\n\n1234567890123^@MESSAGE\n\nx^@")
                .with(skipped(38, Fault.LIMIT_BODY), X),
            row("absurd length", "SEND\ncontent-length:9223372036854775807\n\nMESSAGE\n\nx^@")
                .with(skipped(41, Fault.LIMIT_BODY), X)
                .limits(DecoderLimits.defaults().withBody(12)))
        .map(row -> row.limits().equals(DecoderLimits.defaults()) ? row.limits(small) : row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"garbage", "headers", "bodies", "limits"})
  void findsTheGoodFramesAtEveryChunkSize(Row row) {
    byte[] wire = Wire.wire(row.text());
    for (int chunk = 1; chunk <= Math.max(1, wire.length); chunk++) {
      assertThat(shown(row.decode(Wire.pieces(wire, chunk))))
          .as("in chunks of %d", chunk)
          .isEqualTo(row.shown());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"garbage", "headers", "bodies", "limits"})
  void findsTheGoodFramesInDirectBuffers(Row row) {
    byte[] wire = Wire.wire(row.text());
    FrameDecoder decoder = row.decoder();
    List<DecodedEvent> events = new ArrayList<>();
    Wire.drain(decoder, ByteBuffer.allocateDirect(wire.length).put(wire).flip(), events);
    finish(decoder, events);

    assertThat(shown(events)).isEqualTo(row.shown());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"garbage", "headers", "bodies", "limits"})
  void eachOctetIsPartOfOneEvent(Row row) {
    byte[] wire = Wire.wire(row.text());
    long end = 0;
    for (DecodedEvent event : row.decode(List.of(wire))) {
      if (event instanceof DecodedEvent.Skipped skipped) {
        assertThat(skipped.offset()).isGreaterThanOrEqualTo(end);
        assertThat(skipped.octets()).isPositive();
        end = skipped.offset() + skipped.octets();
      }
    }
    assertThat(end).isLessThanOrEqualTo(wire.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BUNK | BUNK'",
        "BUNK^@MESSAGE | BUNK'",
        "\u00ff\u007f | \\xff\\x7f'",
        "passcode:hunter2 | passcode:...'",
        "123456789.123456789.123456789.123456789.12 | 123456789.123456789.123456789.123456789.'...",
        "123456789.123456789.123456789.123456789. | 123456789.123456789.123456789.123456789.'"
      })
  void showsWhereGarbageStarts(String text, String shown) {
    for (int chunk : List.of(1, 3, 100)) {
      FrameDecoder decoder = decoder(V1_2, DecoderLimits.defaults());
      List<DecodedEvent> events = new ArrayList<>();
      Wire.feed(decoder, Wire.pieces(Wire.wire(text), chunk), events);
      finish(decoder, events);

      assertThat(((DecodedEvent.Skipped) events.get(0)).reason())
          .isEqualTo("expected a command of the specifications, but found '" + shown);
    }
  }

  @Test
  void saysWhereABrokenFrameStartsAndWhy() {
    byte[] wire = Wire.wire("\n\nMESSAGE\na:1\nid 7\n\n^@MESSAGE\n\nx^@");

    assertThat(new Row("", V1_2, DecoderLimits.defaults(), "", List.of()).decode(List.of(wire)))
        .contains(
            new DecodedEvent.Skipped(
                2, 19, Fault.MALFORMED_HEADER, "header line 2 of MESSAGE has no ':': id 7"));
  }

  @Test
  void theVersionCanChangeBeforeFramesThatAreReadAgain() {
    FrameDecoder decoder = new FrameDecoder(DecoderMode.RESYNCHRONISING, DecoderLimits.defaults());
    ByteBuffer input =
        ByteBuffer.wrap(
            Wire.wire("ERROR\ncontent-length:20\n\nCONNECTED\n\n^@MESSAGE\na: b\n\nx^@"));
    decoder.decode(input);
    DecodedEvent connected = decoder.decode(input);
    decoder.version(V1_0);

    assertThat(connected).isEqualTo(new DecodedEvent.FrameDecoded(Frame.of(Command.CONNECTED)));
    assertThat(decoder.decode(input))
        .isEqualTo(new DecodedEvent.FrameDecoded(Frame.of(MESSAGE, "a", "b").with(Body.of("x"))));
  }

  @Test
  void aResetForgetsGarbageAndWhatIsReadAgain() {
    FrameDecoder decoder = decoder(V1_2, DecoderLimits.defaults());
    List<DecodedEvent> events = new ArrayList<>();
    byte[] wire = Wire.wire("SEND\ncontent-length:9\n\nERROR\n\n^@MESSAGE\n\nx^@");
    decoder.decode(ByteBuffer.wrap(wire, 0, 28));
    decoder.decode(ByteBuffer.wrap(wire, 28, 10));
    decoder.reset();
    decoder.version(V1_2);
    Wire.feed(decoder, List.of(Wire.wire("MESSAGE\n\ny^@")), events);

    assertThat(events).containsExactly(new DecodedEvent.FrameDecoded(Y));
  }

  @ParameterizedTest
  @CsvSource({"'MESSAGE\na:1', headers of MESSAGE", "'MESSAGE\n\na', body of MESSAGE"})
  void otherModesRefuseInputThatEndsInsideAFrame(String text, String where) {
    FrameDecoder decoder = new FrameDecoder();
    assertThat(decoder.finish()).isNull();
    decoder.decode(ByteBuffer.wrap(Wire.wire(text)));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(decoder::finish)
        .withMessage("the input ended inside the " + where + " (in the frame at offset 0)")
        .extracting(ProtocolException::fault)
        .isEqualTo(Fault.INCOMPLETE_FRAME);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.allocate(1)));
  }

  /** 800,000 heads, each of which swallows the next 4 MB: reading again each time takes hours. */
  @Test
  void framesThatLieAboutTheSameOctetsAreNotReadAgainForEver() {
    byte[] heads = Wire.wire("SEND\ncontent-length:4000000\n\n".repeat(40_000));
    FrameDecoder decoder = decoder(V1_2, DecoderLimits.defaults());
    List<DecodedEvent> events = new ArrayList<>();

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 20; i++) {
            Wire.feed(decoder, Wire.pieces(heads, 65_536), events);
          }
        });
    Wire.feed(decoder, List.of(Wire.wire("^@".repeat(4_000_000))), events);
    Wire.feed(decoder, List.of(Wire.wire("MESSAGE\n\nx^@")), events);

    assertThat(Wire.frames(events)).endsWith(X);
  }

  /** Whatever stands between them, frames that start at a line come out as they went in. */
  @Test
  void goodFramesAreFoundBetweenAnyGarbage() {
    int tried = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Traffic traffic = new Traffic(random);
      if (traffic.isAmbiguous()) {
        continue;
      }
      tried++;
      byte[] wire = traffic.wire();
      List<DecodedEvent> whole = new ArrayList<>();
      FrameDecoder decoder = decoder(V1_2, DecoderLimits.defaults());
      Wire.feed(decoder, List.of(wire), whole);
      finish(decoder, whole);
      List<DecodedEvent> cut = new ArrayList<>();
      decoder.reset();
      decoder.version(V1_2);
      Wire.feed(decoder, Wire.pieces(wire, 1 + random.nextInt(60), random), cut);
      finish(decoder, cut);

      // A RECEIPT that is cut before a NUL can be whole by chance.
      assertThat(Wire.frames(whole))
          .filteredOn(frame -> frame.command().equals(MESSAGE))
          .as("seed %d: %s", seed, Wire.shown(wire))
          .isEqualTo(traffic.frames());
      assertThat(cut).as("seed %d: %s", seed, Wire.shown(wire)).isEqualTo(whole);
    }
    assertThat(tried).isGreaterThan(1_800);
  }

  /** Good frames, and things of all kinds between them. */
  private static final class Traffic {
    private final Random random;
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final List<Frame> frames = new ArrayList<>();

    /** Where the NUL of a frame is missing that announces too long a body. */
    private final List<Integer> announcedEnds = new ArrayList<>();

    Traffic(Random random) {
      this.random = random;
      FrameEncoder encoder = new FrameEncoder(V1_2);
      for (int i = 0; i < 8; i++) {
        for (int j = random.nextInt(3); j > 0; j--) {
          addGarbage();
        }
        Frame frame = frame();
        frames.add(frame);
        wire.writeBytes(encoder.encode(frame));
      }
    }

    byte[] wire() {
      return wire.toByteArray();
    }

    List<Frame> frames() {
      return frames;
    }

    /** Whether by chance a NUL stands where a length that lies says, so that nobody can tell. */
    boolean isAmbiguous() {
      byte[] octets = wire();
      return announcedEnds.stream().anyMatch(end -> end < octets.length && octets[end] == 0);
    }

    private Frame frame() {
      byte[] body = new byte[random.nextInt(30)];
      random.nextBytes(body);
      if (random.nextBoolean()) {
        body = Wire.wire("\nERROR\n\n^@MESSAGE\nabc");
      }
      Frame frame = Frame.of(MESSAGE, "id", Integer.toString(frames.size()), "a", "b:\n\\");
      return body.length == 0
          ? frame
          : frame.with("content-length", Integer.toString(body.length)).with(Body.of(body));
    }

    private void addGarbage() {
      switch (random.nextInt(9)) {
        case 0 -> add("^@".repeat(random.nextInt(4)));
        case 1 -> addOctets();
        case 2 -> add("message\nid:1\n\nbody^@");
        case 3 -> add("MESSAGE\nid 1\n\nbody\n^@");
        case 4 -> add("MESSAGE\na:\\t\n\n\nERROR\n\n^@");
        case 5 -> add("SEND\ncontent-length:2\n\nab" + "c".repeat(1 + random.nextInt(9)) + "\n");
        case 6 -> addCut("RECEIPT\nreceipt-id:1\nid:1\n");
        case 7 -> addCut("RECEIPT\n\n");
        default -> addSwallower();
      }
    }

    private void addOctets() {
      byte[] octets = new byte[random.nextInt(60)];
      random.nextBytes(octets);
      wire.writeBytes(octets);
      add("\1" + (random.nextBoolean() ? "\n" : "^@"));
    }

    private void addCut(String head) {
      add(head.substring(0, random.nextInt(head.length())) + (random.nextBoolean() ? "\n" : "^@"));
    }

    private void addSwallower() {
      int length = 10 + random.nextInt(300);
      add("SEND\ncontent-length:" + length + "\n\n");
      announcedEnds.add(wire.size() + length);
      add("a\nb^@");
    }

    private void add(String text) {
      wire.writeBytes(Wire.wire(text));
    }
  }

  private static void finish(FrameDecoder decoder, List<DecodedEvent> events) {
    for (DecodedEvent event = decoder.finish(); event != null; event = decoder.finish()) {
      events.add(event);
    }
  }

  private static FrameDecoder decoder(@Nullable Version version, DecoderLimits limits) {
    FrameDecoder decoder = new FrameDecoder(DecoderMode.RESYNCHRONISING, limits);
    if (version != null) {
      decoder.version(version);
    }
    return decoder;
  }

  private static Frame message(String body) {
    return Frame.of(MESSAGE).with(Body.of(body));
  }

  private static String skipped(long octets, Fault fault) {
    return "skipped " + octets + " " + fault;
  }

  private static List<Object> shown(List<DecodedEvent> events) {
    List<Object> shown = new ArrayList<>();
    for (DecodedEvent event : events) {
      if (event instanceof DecodedEvent.FrameDecoded decoded) {
        shown.add(decoded.frame());
      } else if (event instanceof DecodedEvent.Skipped skipped) {
        shown.add(skipped(skipped.octets(), skipped.fault()));
      } else {
        shown.add(event);
      }
    }
    return shown;
  }

  private static Row row(String name, String wire, Object... expected) {
    return new Row(name, V1_2, DecoderLimits.defaults(), wire, Arrays.asList(expected));
  }

  private static Row row(String name) {
    return row(name, "");
  }

  /**
   * One line of a table.
   *
   * @param shown frames, heart-beats and what {@link #skipped} makes, in order
   */
  private record Row(
      String name,
      @Nullable Version version,
      DecoderLimits limits,
      String text,
      List<Object> shown) {

    Row with(Object... more) {
      List<Object> all = new ArrayList<>(shown);
      all.addAll(Arrays.asList(more));
      return new Row(name, version, limits, text, all);
    }

    Row version(@Nullable Version other) {
      return new Row(name, other, limits, text, shown);
    }

    Row limits(DecoderLimits other) {
      return new Row(name, version, other, text, shown);
    }

    FrameDecoder decoder() {
      return ResynchronisingTest.decoder(version, limits);
    }

    List<DecodedEvent> decode(List<byte[]> pieces) {
      FrameDecoder decoder = decoder();
      List<DecodedEvent> events = new ArrayList<>();
      Wire.feed(decoder, pieces, events);
      finish(decoder, events);
      return events;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
