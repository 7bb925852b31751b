package io.stompbox.protocol.codec;

import static io.stompbox.protocol.frame.Command.ERROR;
import static io.stompbox.protocol.frame.Command.MESSAGE;
import static io.stompbox.protocol.frame.Command.RECEIPT;
import static io.stompbox.protocol.frame.Command.SEND;
import static io.stompbox.protocol.frame.Version.V1_1;
import static io.stompbox.protocol.frame.Version.V1_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyStreamingTest {
  private static final BodyStreaming ABOVE_4 = BodyStreaming.above(4).withMost(9);
  private static final DecodedEvent BEAT = new DecodedEvent.HeartBeat();

  private static Stream<Row> decoded() {
    Frame counted = Frame.of(MESSAGE, "content-length", "6");
    return Stream.of(
        row("as large as allowed in memory", "MESSAGE\n\nabcd^@", message("abcd")),
        row("as large as allowed in memory, counted", "MESSAGE\ncontent-length:4\n\nab^@d^@")
            .with(Frame.of(MESSAGE, "content-length", "4").with(Body.of("ab\0d"))),
        row("one octet more", "MESSAGE\n\nabcde^@", "open MESSAGE []", "abcde", "end 5"),
        row("counted", "MESSAGE\ncontent-length:6\n\nab^@\n^@f^@")
            .with("6 " + counted, "ab\0\n\0f", "end 6"),
        row("as much as is allowed", "MESSAGE\n\n123456789^@\n", "open MESSAGE []", "123456789")
            .with("end 9", BEAT),
        row("more than is allowed", "MESSAGE\n\n123456789x", "open MESSAGE []", "123456789")
            .with(Fault.LIMIT_BODY),
        row("more announced than is allowed", "MESSAGE\ncontent-length:10\n\n1", Fault.LIMIT_BODY),
        row("no NUL at its end", "MESSAGE\ncontent-length:6\n\nabcdefg")
            .with("6 " + counted, "abcdef", Fault.MISSING_NUL),
        row("frames around it", "MESSAGE\n\na^@SEND\n\nabcdef^@\nMESSAGE\n\nb^@", message("a"))
            .with("open SEND []", "abcdef", "end 6", BEAT, message("b")),
        row("two of them", "SEND\n\nabcdef^@MESSAGE\ncontent-length:6\n\n123456^@")
            .with("open SEND []", "abcdef", "end 6", "6 " + counted, "123456", "end 6"),
        row("a layout that is known", "MESSAGE\ncontent-length:6\n\n123456^@".repeat(3))
            .with("6 " + counted, "123456", "end 6", "6 " + counted, "123456", "end 6")
            .with("6 " + counted, "123456", "end 6"),
        row("a layout that is known, open", "SEND\na:b\n\nabcdef^@".repeat(3))
            .with("open SEND [a:b]", "abcdef", "end 6", "open SEND [a:b]", "abcdef", "end 6")
            .with("open SEND [a:b]", "abcdef", "end 6"),
        row("too large in a layout that is known", "MESSAGE\ncontent-length:6\n\n123456^@")
            .with("6 " + counted, "123456", "end 6")
            .then("MESSAGE\ncontent-length:12\n\n", Fault.LIMIT_BODY),
        row("unfinished", "SEND\n\nabcdef", "open SEND []", "abcdef", "inside"),
        row("only announced", "MESSAGE\ncontent-length:6\n\n", "6 " + counted, "inside"),
        row("not allowed", "RECEIPT\ncontent-length:6\n\n123456^@", Fault.BODY_NOT_ALLOWED),
        row("not allowed, open", "RECEIPT\n\n123456^@", Fault.BODY_NOT_ALLOWED),
        row("good ones while resynchronising", "-\nSEND\n\nabcdef^@MESSAGE\n\na^@")
            .skipping()
            .with("skipped 2", "open SEND []", "abcdef", "end 6", message("a")),
        row("no NUL while resynchronising", "MESSAGE\ncontent-length:6\n\nabcdefg\nSEND\n\n^@")
            .skipping()
            .with("6 " + counted, "abcdef", "skipped 34", Frame.of(SEND)),
        row("too large while resynchronising", "SEND\n\n1234567890^@MESSAGE\n\na^@")
            .skipping()
            .with("open SEND []", "123456789", "skipped 17", message("a")),
        row("a bad header while resynchronising", "SEND\na:\\t\n\nabcdef^@MESSAGE\n\na^@")
            .skipping()
            .with("skipped 18", message("a")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoded")
  void streamsLargeBodiesAtEveryChunkSize(Row row) {
    byte[] wire = Wire.wire(row.text());
    for (int chunk = 1; chunk <= wire.length; chunk++) {
      List<DecodedEvent> events = new ArrayList<>();
      FrameDecoder decoder = row.decoder();
      List<Object> end = new ArrayList<>();
      try {
        Wire.feed(decoder, Wire.pieces(wire, chunk), events);
      } catch (ProtocolException e) {
        end.add(e.fault());
      }

      assertThat(Row.shown(decoder, events, end))
          .as("in chunks of %d", chunk)
          .isEqualTo(row.rows());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoded")
  void streamsFromDirectBuffers(Row row) {
    byte[] wire = Wire.wire(row.text());
    List<DecodedEvent> events = new ArrayList<>();
    FrameDecoder decoder = row.decoder();
    List<Object> end = new ArrayList<>();
    try {
      Wire.drain(decoder, ByteBuffer.allocateDirect(wire.length).put(wire).flip(), events);
    } catch (ProtocolException e) {
      end.add(e.fault());
    }

    assertThat(Row.shown(decoder, events, end)).isEqualTo(row.rows());
  }

  @Test
  void nothingIsStreamedBeforeTheVersionIsKnown() {
    FrameDecoder decoder =
        new FrameDecoder(DecoderMode.TOLERANT, DecoderLimits.defaults(), ABOVE_4);

    assertThat(Wire.frames(decoder, Wire.wire("ERROR\n\nabcdef^@")))
        .containsExactly(Frame.of(ERROR).with(Body.of("abcdef")));
  }

  @Test
  void aSizeThatIsNotBelowTheLimitOfBodiesStreamsNothing() {
    DecoderLimits limits = DecoderLimits.defaults().withBody(4);
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits, ABOVE_4);
    decoder.version(V1_2);

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(Wire.wire("SEND\n\nabcde"))))
        .withMessageContaining("the body of SEND is longer than 4 octets");
  }

  @Test
  void theVersionCannotChangeInsideAStreamedBody() {
    FrameDecoder decoder = Row.decoder(DecoderMode.TOLERANT);
    decoder.decode(ByteBuffer.wrap(Wire.wire("SEND\ncontent-length:5\n\n")));

    assertThat(decoder.isInsideFrame()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> decoder.version(V1_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "content-length:1073741824\n"})
  void aChunkIsSmallHoweverMuchIsRead(String length) {
    FrameDecoder decoder =
        new FrameDecoder(
            DecoderMode.TOLERANT, DecoderLimits.defaults(), BodyStreaming.above(1_000_000));
    decoder.version(V1_2);
    List<DecodedEvent> events = new ArrayList<>();
    Wire.feed(decoder, List.of(Wire.wire("MESSAGE\n" + length + "\n")), events);
    byte[] piece = new byte[1_000_000];
    Arrays.fill(piece, (byte) 'x');
    ByteBuffer input = ByteBuffer.wrap(piece);

    long total = 0;
    int largest = 0;
    // The first chunk is what was kept before the size was exceeded.
    for (int i = 0; i < 1_000; i++) {
      input.clear();
      DecodedEvent event = decoder.decode(input);
      for (; event != null; event = decoder.decode(input)) {
        if (event instanceof DecodedEvent.BodyChunk chunk) {
          largest = total == 0 && i > 0 ? 0 : Math.max(largest, chunk.octets().size());
          total += chunk.octets().size();
        }
      }
    }

    assertThat(total).isEqualTo(1_000_000_000L);
    assertThat(largest).isLessThanOrEqualTo(65_536);
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 4"})
  void sizesThatMakeNoSenseAreRefused(int above, long most) {
    assertThatIllegalArgumentException().isThrownBy(() -> new BodyStreaming(above, most));
  }

  @Test
  void whatIsWrittenInChunksIsReadInChunks() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] body = body(random);
      boolean counted = random.nextBoolean() || Body.of(body).hasNul();
      Frame head =
          counted
              ? Frame.of(SEND, "a", ":", "content-length", Integer.toString(body.length))
              : Frame.of(SEND, "a", ":");
      byte[] wire = written(head, body, random);
      List<DecodedEvent> events = new ArrayList<>();
      FrameDecoder decoder = Row.decoder(DecoderMode.TOLERANT, BodyStreaming.above(20));
      Wire.feed(decoder, Wire.pieces(wire, 30, random), events);
      Object[] expected =
          body.length <= 20
              ? new Object[] {head.with(Body.of(body))}
              : new Object[] {
                (counted ? body.length : "open") + " " + head,
                Wire.shown(body).replace("^@", "\0"),
                "end " + body.length
              };

      assertThat(Row.shown(decoder, events, List.of()))
          .as("seed %d", seed)
          .containsExactly(expected);
    }
  }

  private static byte[] body(Random random) {
    byte[] body = new byte[random.nextInt(200)];
    Arrays.fill(body, (byte) 'x');
    if (random.nextBoolean()) {
      random.nextBytes(body);
    }
    return body;
  }

  private static byte[] written(Frame head, byte[] body, Random random) {
    FrameEncoder encoder = new FrameEncoder(V1_2);
    ByteBuffer wire = ByteBuffer.allocate(1_000);
    encoder.encodeHead(head, wire);
    for (byte[] piece : Wire.pieces(body, 60, random)) {
      ByteBuffer octets = ByteBuffer.wrap(piece);
      while (octets.hasRemaining()) {
        ByteBuffer room = ByteBuffer.allocate(1 + random.nextInt(30));
        encoder.encodeChunk(octets, room);
        wire.put(room.flip());
      }
    }
    encoder.encodeEnd(wire);
    return Arrays.copyOf(wire.array(), wire.position());
  }

  @Test
  void writesAHeadAsItIs() {
    ByteBuffer wire = ByteBuffer.allocateDirect(200);
    FrameEncoder encoder = new FrameEncoder(V1_2);
    encoder.encodeHead(Frame.of(SEND, "a", ":", "content-length", "3"), wire);
    encoder.encodeChunk(ByteBuffer.wrap(Wire.wire("a^@")), wire);
    encoder.encodeChunk(ByteBuffer.wrap(Wire.wire("c")), wire);
    encoder.encodeEnd(wire);
    encoder.encode(Frame.of(RECEIPT), wire);
    byte[] octets = new byte[wire.flip().remaining()];
    wire.get(octets);

    assertThat(Wire.shown(octets))
        .isEqualTo("SEND\na:\\c\ncontent-length:3\n\na^@c^@RECEIPT\n\n^@");
  }

  @Test
  void aBodyOfUnknownLengthHasNoNul() {
    FrameEncoder encoder = new FrameEncoder(V1_2);
    ByteBuffer wire = ByteBuffer.allocate(200);
    encoder.encodeHead(Frame.of(SEND), wire);
    ByteBuffer octets = ByteBuffer.wrap(Wire.wire("ab^@d"));

    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> encoder.encodeChunk(octets, wire))
        .withMessage(
            "octet 2 of the body of SEND is a NUL, which a body without content-length can't have")
        .extracting(IllegalFrameException::reason)
        .isEqualTo(Reason.NUL_NEEDS_CONTENT_LENGTH);
    assertThat(octets.remaining()).isEqualTo(4);
    encoder.encodeEnd(wire);
    assertThat(Wire.shown(Arrays.copyOf(wire.array(), wire.position()))).isEqualTo("SEND\n\n^@");
  }

  @Test
  void aBodyWhoseLengthIsLeftOutHasNoNulAndIsStillCounted() {
    FrameEncoder encoder =
        new FrameEncoder(V1_2, EncoderOptions.defaults().with(ContentLength.OMITTED));
    ByteBuffer wire = ByteBuffer.allocate(200);
    encoder.encodeHead(Frame.of(SEND, "content-length", "3"), wire);

    assertRefused(Reason.NUL_NEEDS_CONTENT_LENGTH, () -> encoder.encodeChunk(octets("^@"), wire));
    assertRefused(Reason.BAD_CONTENT_LENGTH, () -> encoder.encodeEnd(wire));
    encoder.encodeChunk(octets("abc"), wire);
    encoder.encodeEnd(wire);
    assertThat(Wire.shown(Arrays.copyOf(wire.array(), wire.position()))).isEqualTo("SEND\n\nabc^@");
  }

  @Test
  void chunksAreAsManyOctetsAsAnnounced() {
    FrameEncoder encoder = new FrameEncoder(V1_2);
    ByteBuffer wire = ByteBuffer.allocate(200);
    encoder.encodeHead(Frame.of(SEND, "content-length", "3"), wire);
    encoder.encodeChunk(octets("ab"), wire);

    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> encoder.encodeChunk(octets("cd"), wire))
        .withMessage("content-length of SEND is 3, but the chunks would have at least 4 octets");
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> encoder.encodeEnd(wire))
        .withMessage("content-length of SEND is 3, but the chunks have only 2 octets");
    encoder.encodeChunk(octets("c"), wire);
    encoder.encodeEnd(wire);
  }

  @Test
  void noFrameComesBetweenHeadAndEnd() {
    FrameEncoder encoder = new FrameEncoder(V1_2);
    ByteBuffer wire = ByteBuffer.allocate(200);
    assertThatIllegalStateException().isThrownBy(() -> encoder.encodeChunk(octets("a"), wire));
    assertThatIllegalStateException().isThrownBy(() -> encoder.encodeEnd(wire));
    encoder.encodeHead(Frame.of(SEND), wire);
    int head = wire.position();

    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.encode(Frame.of(SEND), wire))
        .withMessage("the body of SEND is not ended; call encodeEnd before the next frame");
    assertThatIllegalStateException().isThrownBy(() -> encoder.encode(Frame.of(SEND)));
    assertThatIllegalStateException().isThrownBy(() -> encoder.encodeHead(Frame.of(SEND), wire));
    assertThat(wire.position()).isEqualTo(head);
  }

  @Test
  void headsThatCanHaveNoBodyAreRefused() {
    FrameEncoder encoder = new FrameEncoder(V1_2);
    ByteBuffer wire = ByteBuffer.allocate(200);

    assertRefused(Reason.BODY_NOT_ALLOWED, () -> encoder.encodeHead(Frame.of(RECEIPT), wire));
    for (String length : List.of("", "-1", "+1", "01", " 1", "9223372036854775808")) {
      Frame head = Frame.of(SEND, "content-length", length);
      assertRefused(Reason.BAD_CONTENT_LENGTH, () -> encoder.encodeHead(head, wire));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encodeHead(Frame.of(SEND).with(Body.of("a")), wire));
    assertThatExceptionOfType(BufferOverflowException.class)
        .isThrownBy(() -> encoder.encodeHead(Frame.of(SEND), ByteBuffer.allocate(9)));
    assertThat(wire.position()).isZero();
  }

  private static void assertRefused(Reason reason, Runnable call) {
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(call::run)
        .extracting(IllegalFrameException::reason)
        .isEqualTo(reason);
  }

  private static ByteBuffer octets(String text) {
    return ByteBuffer.wrap(Wire.wire(text));
  }

  private static Frame message(String body) {
    return Frame.of(MESSAGE).with(Body.of(body));
  }

  private static Row row(String name, String wire, Object... rows) {
    return new Row(name, DecoderMode.TOLERANT, wire, Arrays.asList(rows));
  }

  /**
   * One line of a table.
   *
   * @param rows frames and heart-beats; a streamed body as length and head, text, and end; octets
   *     that are skipped; a fault
   */
  private record Row(String name, DecoderMode mode, String text, List<Object> rows) {
    Row with(Object... more) {
      List<Object> all = new ArrayList<>(rows);
      all.addAll(Arrays.asList(more));
      return new Row(name, mode, text, all);
    }

    Row then(String more, Object... andRows) {
      return new Row(name, mode, text + more, rows).with(andRows);
    }

    Row skipping() {
      return new Row(name, DecoderMode.RESYNCHRONISING, text, rows);
    }

    FrameDecoder decoder() {
      return decoder(mode);
    }

    static FrameDecoder decoder(DecoderMode mode) {
      return decoder(mode, ABOVE_4);
    }

    static FrameDecoder decoder(DecoderMode mode, BodyStreaming streaming) {
      FrameDecoder decoder = new FrameDecoder(mode, DecoderLimits.defaults(), streaming);
      decoder.version(V1_2);
      return decoder;
    }

    static List<Object> shown(FrameDecoder decoder, List<DecodedEvent> events, List<Object> end) {
      List<Object> shown = new ArrayList<>();
      StringBuilder body = new StringBuilder();
      for (DecodedEvent event : events) {
        if (event instanceof DecodedEvent.BodyChunk chunk) {
          assertThat(chunk.octets().isEmpty()).isFalse();
          body.append(chunk.octets().text(StandardCharsets.ISO_8859_1));
          continue;
        }
        addBody(body, shown);
        shown.add(shown(event));
      }
      addBody(body, shown);
      shown.addAll(end);
      if (decoder.isInsideFrame()) {
        shown.add("inside");
      }
      return shown;
    }

    private static void addBody(StringBuilder body, List<Object> shown) {
      if (body.length() > 0) {
        shown.add(body.toString());
        body.setLength(0);
      }
    }

    private static Object shown(DecodedEvent event) {
      if (event instanceof DecodedEvent.FrameDecoded decoded) {
        return decoded.frame();
      }
      if (event instanceof DecodedEvent.BodyStarted started) {
        String length = started.length().isPresent() ? "" + started.length().getAsLong() : "open";
        return length + " " + started.head();
      }
      if (event instanceof DecodedEvent.BodyEnded ended) {
        return "end " + ended.octets();
      }
      return event instanceof DecodedEvent.Skipped skipped ? "skipped " + skipped.octets() : event;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
