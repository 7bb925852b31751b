package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is just allowed and what is just too much, whole and octet by octet. */
class BordersTest {
  private static final DecoderLimits LIMITS = new DecoderLimits(8, 12, 2, 24, 5, 60);
  private static final BodyStreaming STREAMING = BodyStreaming.above(3).withMost(7);

  static Stream<Arguments> wires() {
    return Stream.of(
        row("ABCDEFGH\n\n^@", null),
        row("ABCDEFGHI\n\n^@", Fault.LIMIT_LINE),
        row("ABCDEFGH\r", null),
        row("ABCDEFGHI", Fault.LIMIT_LINE),
        row("SEND\nabcdef:ghijk\n\n^@", null),
        row("SEND\nabcdef:ghijkl\n\n^@", Fault.LIMIT_LINE),
        row("SEND\na:1\nb:2\n\n^@", null),
        row("SEND\na:1\nb:2\nc:3\n\n^@", Fault.LIMIT_HEADERS),
        row("SEND\nabcde:fghij\nabcde:fghij\n\n^@", null),
        row("SEND\nabcde:fghij\nabcde:fghijk\n\n^@", Fault.LIMIT_HEADERS),
        row("SEND\n\n12345^@", null),
        row("SEND\n\n123456^@", Fault.LIMIT_BODY),
        row("SEND\n\n123456", Fault.LIMIT_BODY));
  }

  private static Arguments row(String wire, @Nullable Fault fault) {
    return Arguments.of(wire, fault);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wires")
  void limitsAreMetExactly(String wire, @Nullable Fault fault) {
    for (int size : new int[] {99, 1, 3}) {
      FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, LIMITS);
      decoder.version(Version.V1_2);

      assertThat(outcome(decoder, wire, size).fault()).as("in pieces of %d", size).isEqualTo(fault);
    }
  }

  static Stream<Arguments> streams() {
    return Stream.of(
        stream("", "whole", null),
        stream("123", "whole", null),
        stream("1234", "4", null),
        stream("1234567", "7", null),
        stream("12345678", "", Fault.LIMIT_BODY));
  }

  private static Arguments stream(String body, String streamed, @Nullable Fault fault) {
    return Arguments.of(body, streamed, fault);
  }

  /** With a content-length and up to the NUL, of a layout that is known and of one that is not. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void bodiesAreStreamedFromTheSizeOnThatWasSet(
      String body, String streamed, @Nullable Fault fault) {
    String open = "SEND\nid:1\n\n^@SEND\nid:2\n\n" + body + "^@";
    String counted =
        "SEND\ncontent-length:0\n\n^@SEND\ncontent-length:" + body.length() + "\n\n" + body + "^@";
    for (String wire : List.of(open, counted)) {
      for (int size : new int[] {99, 1, 3}) {
        DecoderLimits limits = DecoderLimits.defaults();
        FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits, STREAMING);
        decoder.version(Version.V1_2);
        Outcome outcome = outcome(decoder, wire, size);

        assertThat(outcome.fault()).as(wire).isEqualTo(fault);
        assertThat(outcome.end()).as(wire).isEqualTo(streamed);
      }
    }
  }

  static Stream<Arguments> strict() {
    return Stream.of(
        Arguments.of(Version.V1_0, "SEND\na:\n\n^@", Fault.EMPTY_HEADER_VALUE),
        Arguments.of(Version.V1_1, "SEND\na:\n\n^@", null),
        Arguments.of(Version.V1_2, "SEND\na:\n\n^@", null),
        Arguments.of(Version.V1_0, "SEND\ncontent-length:\n\n^@", Fault.BAD_CONTENT_LENGTH),
        Arguments.of(Version.V1_2, "SEND\n\ra:b\n\n^@", Fault.BARE_CR),
        Arguments.of(Version.V1_2, "SEND\na:b\rc\n\n^@", Fault.BARE_CR),
        Arguments.of(Version.V1_2, "SEND\na:b\r\n\r\n^@", null),
        Arguments.of(Version.V1_2, "SEND\n:b\n\n^@", Fault.EMPTY_HEADER_NAME),
        Arguments.of(Version.V1_2, "SEND\na:b:c\n\n^@", Fault.RAW_COLON),
        Arguments.of(Version.V1_2, "SEND\na::\n\n^@", Fault.RAW_COLON),
        Arguments.of(Version.V1_0, "SEND\na:b:c\n\n^@", null),
        Arguments.of(Version.V1_2, "ERROR\na:b:c\n\n^@", null));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("strict")
  void strictDecodingGoesByTheLetterOfEachVersion(
      Version version, String wire, @Nullable Fault fault) {
    for (int size : new int[] {99, 1}) {
      FrameDecoder decoder = new FrameDecoder(DecoderMode.STRICT, DecoderLimits.defaults());
      decoder.version(version);

      assertThat(outcome(decoder, wire, size).fault()).as("in pieces of %d", size).isEqualTo(fault);
    }
  }

  /**
   * How decoding ended.
   *
   * @param end "whole" after a whole frame, else the octets of the streamed body that ended last
   */
  private record Outcome(@Nullable Fault fault, String end) {}

  private static Outcome outcome(FrameDecoder decoder, String wire, int size) {
    List<DecodedEvent> events = new ArrayList<>();
    try {
      for (byte[] piece : Wire.pieces(Wire.wire(wire), size)) {
        Wire.drain(decoder, ByteBuffer.wrap(piece), events);
      }
    } catch (ProtocolException e) {
      return new Outcome(e.fault(), "");
    }
    DecodedEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
    if (last instanceof DecodedEvent.BodyEnded ended) {
      return new Outcome(null, Long.toString(ended.octets()));
    }
    return new Outcome(null, last instanceof DecodedEvent.FrameDecoded ? "whole" : "");
  }
}
