package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The room that an encoder asks for is enough for the frames that need most, and it is needed. */
class EncoderRoomTest {
  private static final int FRAMING = 48;

  static Stream<Arguments> frames() {
    return Stream.of(
        Arguments.of("the smallest", Frame.of(Command.SEND)),
        Arguments.of("a long command", Frame.of(Command.of("X".repeat(300)))),
        Arguments.of("many short headers", new Frame(Command.SEND, many("n", "v"), Body.empty())),
        Arguments.of("many empty values", new Frame(Command.SEND, many("n", ""), Body.empty())),
        Arguments.of("three octets a char", new Frame(Command.SEND, many("東", "東"), body(9))),
        Arguments.of("escapes", new Frame(Command.SEND, many("a:\r\n\\", "::::"), body(2))),
        Arguments.of("surrogates", new Frame(Command.SEND, many("\ud83d\ude00", ""), body(1))),
        Arguments.of("a large body", new Frame(Command.SEND, Headers.empty(), body(70_000))));
  }

  private static Headers many(String name, String value) {
    Headers.Builder headers = Headers.builder();
    for (int i = 0; i < 100; i++) {
      headers.add(name, value);
    }
    return headers.build();
  }

  private static Body body(int size) {
    return Body.of(new byte[size]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void whatItAsksForIsEnoughForEachKindOfBuffer(String name, Frame frame) {
    FrameEncoder encoder =
        new FrameEncoder(Version.V1_2, EncoderOptions.defaults().with(EncoderOptions.LineEnd.CRLF));
    int most = encoder.maxSize(frame);
    byte[] octets = encoder.encode(frame);

    assertThat(octets.length).isLessThanOrEqualTo(most);
    for (ByteBuffer target : List.of(ByteBuffer.allocate(most), ByteBuffer.allocateDirect(most))) {
      // The second time it is written from memory.
      encoder.encode(frame, target);
      encoder.encode(frame, target.clear());
      assertThat(written(target)).isEqualTo(octets);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void lessThanTheFrameIsRefusedAndTheNextFrameIsRight(String name, Frame frame) {
    FrameEncoder encoder = new FrameEncoder(Version.V1_2);
    byte[] octets = encoder.encode(frame);
    int step = Math.max(1, octets.length / 500);
    for (int room = 0; room < octets.length; room += step) {
      for (ByteBuffer target :
          List.of(ByteBuffer.allocate(room), ByteBuffer.allocateDirect(room))) {
        assertThatThrownBy(() -> encoder.encode(frame, target))
            .isInstanceOf(BufferOverflowException.class);
        assertThat(target.position()).isZero();
      }
      assertThat(encoder.encode(frame)).isEqualTo(octets);
    }
  }

  @Test
  void itAsksForNoMoreThanThreeOctetsForACharacter() {
    Frame frame = Frame.of(Command.SEND, "abc", "defg").with(Body.of("12345"));

    assertThat(new FrameEncoder(Version.V1_2).maxSize(frame))
        .isEqualTo(FRAMING + "SEND".length() + 3 * "abcdefg".length() + 3 + "12345".length());
  }

  @Test
  void theHeadOfAStreamedBodyNeedsTheSameRoom() {
    FrameEncoder encoder = new FrameEncoder(Version.V1_2);
    Frame head = Frame.of(Command.SEND, "destination", "/queue/a", "content-length", "1");
    String wire = "SEND\ndestination:/queue/a\ncontent-length:1\n\n";
    ByteBuffer small = ByteBuffer.allocate(wire.length() - 1);

    assertThatThrownBy(() -> encoder.encodeHead(head, small))
        .isInstanceOf(BufferOverflowException.class);
    assertThat(small.position()).isZero();
    ByteBuffer target = ByteBuffer.allocate(encoder.maxSize(head));
    encoder.encodeHead(head, target);
    assertThat(Wire.shown(written(target))).isEqualTo(wire);
  }

  @Test
  void itSaysWhichVersionItWrites() {
    for (Version version : Version.values()) {
      assertThat(new FrameEncoder(version).version()).isEqualTo(version);
    }
  }

  private static byte[] written(ByteBuffer target) {
    byte[] octets = new byte[target.position()];
    target.get(0, octets);
    return octets;
  }
}
