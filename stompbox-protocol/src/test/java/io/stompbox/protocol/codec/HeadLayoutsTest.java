package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A decoder that remembers earlier frames must read the next one as a fresh decoder does. */
class HeadLayoutsTest {
  private static final String FULL =
      """
      MESSAGE
      destination:/queue/a
      message-id:ID\\cbox-1
      subscription:1
      content-length:2

      hi^@\
      """;

  private static Stream<List<String>> sequences() {
    return Stream.of(
        List.of(FULL, FULL, FULL),
        List.of(FULL, FULL.replace("box-1", "box-2"), FULL, FULL.replace("box-1", "box-345")),
        List.of("SEND\na:1\n\n^@", "SEND\na:12\n\n^@", "SEND\na:1\n\n^@", "SEND\na:\n\n^@"),
        List.of("SEND\nab:1\n\n^@", "SEND\na:1\n\n^@", "SEND\nabc:1\n\n^@", "SEND\nab:1\n\n^@"),
        List.of("SEND\na:1\n\n^@", "SEND\na:1\r\n\n^@", "SEND\na:1\n\n^@", "SEND\r\na:1\r\n\r\n^@"),
        List.of("SEND\na:1\r\n\n^@", "SEND\na:1\n\n^@", "SEND\na:1\r\n\n^@"),
        List.of(FULL, "RECEIPT\nreceipt-id:1\n\n^@", FULL, "ERROR\nmessage:a\\t\n\n^@", FULL),
        List.of("ERROR\na:\\t\n\n^@", "SEND\na:\\c\n\n^@", "ERROR\na:\\c\n\n^@", "X\na:\\c\n\n^@"),
        List.of("CONNECTED\na:\\t\n\n^@", "X\na:1\n\n^@", "SEND\na:1\n\n^@", "Y\na:\\n\n\n^@"),
        List.of("CONNECTED\na:\\c\n\n^@", "SEND\na:\\c\n\n^@", "X\na:\\c\n\n^@"),
        List.of("SEND\na:1\nc:3\n\n^@", "SEND\na:1\nb:2\nc:3\n\n^@", "SEND\na:1\nc:3\n\n^@"),
        List.of("SEND\na:1\nb:2\nc:3\n\n^@", "SEND\na:1\n\n^@", "SEND\na:1\nb:2\nc:4\n\n^@"),
        List.of("SEND\n\n^@", "SEND\na:1\n\n^@", "SEND\n\n^@", "SEND\na:1\n\n^@"),
        List.of("SEND\na:\n\n^@", "SEND\na:\n\n^@", "SEND\na:b\n\n^@", "SEND\na:\n\n^@"),
        List.of(length(2), length(2), length(0), length(11), length(2), length(11)),
        List.of(many(40), many(40), many(12), many(60), many(33), many(32)),
        List.of(wide(500), wide(5200), wide(500), wide(4085), wide(4096), wide(4097)),
        List.of(FULL, FULL.replace("box-1", "box-2"), FULL.replace("box", "b\\cx\\\\"), FULL),
        List.of(length(2), length(3), "SEND\ncontent-length: 2 \n\nxx^@", length(2)),
        List.of("SEND\na:1\nb:1\n\n^@", "SEND\na:2\nb:2\n\n^@", "SEND\na:1\r\nb:3\n\n^@"),
        List.of("SEND\na:1\na:1\n\n^@", "SEND\na:2\na:1\n\n^@", "SEND\na:2\na:3\n\n^@"),
        List.of(FULL, FULL.replace("hi", "").replace("content-length:2\n", ""), FULL),
        List.of("RECEIPT\nreceipt-id:1\n\n^@", "RECEIPT\nreceipt-id:2\n\n^@"));
  }

  private static String length(int length) {
    return "SEND\ncontent-length:" + length + "\n\n" + "x".repeat(length) + "^@";
  }

  private static String many(int count) {
    StringBuilder wire = new StringBuilder("SEND\n");
    for (int i = 0; i < count; i++) {
      wire.append("name").append(i).append(':').append(count % 7 == 0 ? count : i).append('\n');
    }
    return wire + "\n^@";
  }

  private static String wide(int octets) {
    return "SEND\na:" + "v".repeat(octets - 2) + "\n\n^@";
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void readsEachFrameLikeAFreshDecoder(List<String> sequence) {
    List<String> often = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      often.addAll(sequence);
    }
    byte[] wire = Wire.wire(String.join("", often));
    List<Frame> expected = often.stream().map(frame -> fresh(frame, Version.V1_2)).toList();

    for (int chunk : new int[] {1, 2, 3, 7, 50, wire.length}) {
      List<DecodedEvent> events = new ArrayList<>();
      Wire.feed(decoder(Version.V1_2), Wire.pieces(wire, chunk), events);
      assertThat(Wire.frames(events)).as("in chunks of %d", chunk).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void readsFramesOfAFewPartsLikeAFreshDecoder(Version version) {
    Random random = new Random(11);
    FrameDecoder decoder = decoder(version);
    List<Frame> frames = new ArrayList<>();
    List<Frame> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String wire = random(random);
      List<DecodedEvent> events = new ArrayList<>();
      Wire.feed(decoder, Wire.pieces(Wire.wire(wire), 40, random), events);
      frames.addAll(Wire.frames(events));
      expected.add(fresh(wire, version));
    }

    assertThat(frames).isEqualTo(expected);
  }

  private static String random(Random random) {
    StringBuilder wire = new StringBuilder(one(random, "SEND", "MESSAGE", "ERROR", "X"));
    wire.append(one(random, "\n", "\n", "\r\n"));
    for (int i = random.nextInt(5); i > 0; i--) {
      wire.append(one(random, "a", "ab", "\\ca", "subscription")).append(':');
      wire.append(
          one(random, "", "1", "12", "\\n", "a:b", "\u00c3\u00a9", "\u00ff", " 1", "123456"));
      wire.append(one(random, "\n", "\n", "\n", "\r\n"));
    }
    return wire + "\n" + one(random, "", "body") + "^@";
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  @Test
  void earlierFramesStayAsTheyWere() {
    FrameDecoder decoder = decoder(Version.V1_2);
    Frame first = Wire.frames(decoder, Wire.wire("SEND\na:1\nb:2\n\n^@")).get(0);
    Frame second = Wire.frames(decoder, Wire.wire("SEND\nc:1\nd:3\ne:4\n\n^@")).get(0);
    Frame third = Wire.frames(decoder, Wire.wire("SEND\nc:9\nb:2\n\n^@")).get(0);

    assertThat(first).hasToString("SEND [a:1, b:2]");
    assertThat(second).hasToString("SEND [c:1, d:3, e:4]");
    assertThat(third).hasToString("SEND [c:9, b:2]");
  }

  @Test
  void namesAndRepeatedValuesAreShared() {
    FrameDecoder decoder = decoder(Version.V1_2);
    Frame first = Wire.frames(decoder, Wire.wire("SEND\nmine:1\n\n^@")).get(0);
    Frame second = Wire.frames(decoder, Wire.wire("SEND\nmine:1\n\n^@")).get(0);

    assertThat(second.headers().name(0)).isSameAs(first.headers().name(0));
    assertThat(second.headers().value(0)).isSameAs(first.headers().value(0));
  }

  @Test
  void valuesThatKeepChangingAreReadWhenAskedAndStaySo() {
    FrameDecoder decoder = decoder(Version.V1_2);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      frames.addAll(Wire.frames(decoder, Wire.wire("SEND\na:" + i + "\nb:x" + i + "\n\n^@")));
    }

    for (int i = 0; i < 20; i++) {
      assertThat(frames.get(i)).hasToString("SEND [a:" + i + ", b:x" + i + "]");
      assertThat(frames.get(i).header("b")).isSameAs(frames.get(i).header("b"));
    }
  }

  @Test
  void aRememberedLineMustStillBeWhole() {
    FrameDecoder decoder = decoder(Version.V1_2);
    Wire.frames(decoder, Wire.wire("SEND\na:1\n\n^@"));

    assertThat(Wire.frames(decoder, Wire.wire("SEND\na:1"))).isEmpty();
    assertThat(decoder.isInsideFrame()).isTrue();
    assertThat(Wire.frames(decoder, Wire.wire("2\n\n^@")).get(0)).hasToString("SEND [a:12]");
  }

  @Test
  void aRememberedLineDoesNotFollowTheStartOfAnother() {
    FrameDecoder decoder = decoder(Version.V1_2);
    Wire.frames(decoder, Wire.wire("SEND\na:1\n\n^@"));
    Wire.frames(decoder, Wire.wire("SEND\nx"));

    assertThat(Wire.frames(decoder, Wire.wire("a:1\n\n^@")).get(0)).hasToString("SEND [xa:1]");
  }

  @Test
  void whatAnErrorMayHoldIsNoExcuseForOthers() {
    FrameDecoder decoder = decoder(Version.V1_2);
    Wire.frames(decoder, Wire.wire("ERROR\na:\\t\n\n^@"));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(Wire.wire("SEND\na:\\t\n\n^@"))))
        .matches(e -> e.fault() == Fault.UNDEFINED_ESCAPE);
  }

  @Test
  void valuesThatKeepChangingAreNotRemembered() {
    FrameDecoder decoder = decoder(Version.V1_2);
    for (int i = 0; i < 10; i++) {
      Wire.frames(decoder, Wire.wire("SEND\na:" + i + "\n\n^@"));
    }

    assertNotShared(decoder, Wire.wire("SEND\na:same\n\n^@"));
  }

  @Test
  void linesThatAreCutStayRemembered() {
    FrameDecoder decoder = decoder(Version.V1_2);
    byte[] wire = Wire.wire("SEND\na:same\n\n^@");
    List<DecodedEvent> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Wire.feed(decoder, Wire.pieces(wire, 3), events);
    }

    assertShared(decoder, wire);
    assertThat(Wire.frames(events)).hasSize(10).allMatch(f -> "same".equals(f.header("a")));
  }

  private static void assertShared(FrameDecoder decoder, byte[] wire) {
    Frame first = Wire.frames(decoder, wire).get(0);
    Frame second = Wire.frames(decoder, wire).get(0);

    assertThat(second.header("a")).isSameAs(first.header("a"));
  }

  @Test
  void longHeadsAreNotRemembered() {
    assertNotShared(decoder(Version.V1_2), Wire.wire(wide(HeadLayouts.LONGEST)));
  }

  private static void assertNotShared(FrameDecoder decoder, byte[] wire) {
    Frame first = Wire.frames(decoder, wire).get(0);
    Frame second = Wire.frames(decoder, wire).get(0);

    assertThat(second).isEqualTo(first);
    assertThat(second.header("a")).isNotSameAs(first.header("a"));
  }

  @Test
  void rememberedLinesCountAgainstTheLimitsLikeOthers() {
    DecoderLimits limits = new DecoderLimits(64, 64, 2, 10, 64, 64);
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits);
    decoder.version(Version.V1_2);
    for (int i = 0; i < 5; i++) {
      assertThat(Wire.frames(decoder, Wire.wire("SEND\na:1\r\nb:2\r\n\n^@"))).hasSize(1);
    }

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(Wire.wire("SEND\naa:1\r\nb:2\r\n"))))
        .matches(e -> e.fault() == Fault.LIMIT_HEADERS);
  }

  @Test
  void firstLinesCountAgainstTheLimitsLikeRememberedOnes() {
    DecoderLimits limits = new DecoderLimits(64, 64, 2, 9, 64, 64);
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits);
    decoder.version(Version.V1_2);

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(Wire.wire("SEND\na:1\r\nb:2\r\n"))))
        .withMessageStartingWith("the headers of SEND are longer than 9 octets");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 0, 1, 2})
  void aLongHeadMayBeCutInsideAnEscape(int more) {
    FrameDecoder decoder = decoder(Version.V1_2);
    Wire.frames(decoder, Wire.wire("SEND\na:1\n\n^@SEND\na:2\n\n^@"));
    String start = "SEND\na:";
    String value = "v".repeat(HeadLayouts.LONGEST + more - start.length());
    List<DecodedEvent> events = new ArrayList<>();

    Wire.feed(decoder, List.of(Wire.wire(start + value + "\\"), Wire.wire("c\n\n^@")), events);

    assertThat(Wire.frames(events)).containsExactly(Frame.of(Command.SEND, "a", value + ":"));
  }

  @Test
  void aLongHeadOfAKnownLayoutCountsAgainstTheLimitsLikeOthers() {
    DecoderLimits limits = DecoderLimits.defaults().withLine(HeadLayouts.LONGEST);
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits);
    decoder.version(Version.V1_2);
    Wire.frames(decoder, Wire.wire("SEND\na:1\n\n^@SEND\na:2\n\n^@"));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(Wire.wire(wide(HeadLayouts.LONGEST + 1)))))
        .matches(e -> e.fault() == Fault.LIMIT_LINE);
  }

  @ParameterizedTest
  @CsvSource({"ME, a command line", "MESSAGE, a command line", "'MESSAGE\n', headers of MESSAGE"})
  void theEndOfTheInputNamesACommandOnlyWhenItHasCome(String start, String inside) {
    FrameDecoder decoder = decoder(Version.V1_2);
    Wire.frames(decoder, Wire.wire("MESSAGE\na:1\n\n^@" + start));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(decoder::finish)
        .withMessageContaining(inside + " (in the frame");
  }

  private static FrameDecoder decoder(Version version) {
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(version);
    return decoder;
  }

  private static Frame fresh(String wire, Version version) {
    return Wire.frames(decoder(version), Wire.wire(wire)).get(0);
  }
}
