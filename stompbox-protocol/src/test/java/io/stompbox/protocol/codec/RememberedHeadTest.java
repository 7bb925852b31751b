package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An encoder that remembers earlier frames must write the next one as a fresh encoder does. */
class RememberedHeadTest {
  private static final Command[] COMMANDS = {
    Command.SEND, Command.MESSAGE, Command.ACK, Command.CONNECT, Command.of("X")
  };
  private static final String[] NAMES = {"a", "ab", "a:", "content-length", "caf\u00e9"};
  private static final String[] VALUES = {"", "1", "2", "12", "a:b\\", "\u6771", "\n", "\ud800"};

  static Stream<Arguments> encoders() {
    return Stream.of(
        Arguments.of(Version.V1_0, EncoderOptions.defaults()),
        Arguments.of(Version.V1_1, EncoderOptions.defaults().with(ContentLength.OMITTED)),
        Arguments.of(Version.V1_2, EncoderOptions.defaults()),
        Arguments.of(Version.V1_2, EncoderOptions.defaults().with(LineEnd.CRLF)));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void writesEachFrameLikeAFreshEncoder(Version version, EncoderOptions options) {
    FrameEncoder encoder = new FrameEncoder(version, options);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Frame frame = random(random);

      assertThat(written(encoder, frame))
          .as("frame %d: %s", i, frame)
          .isEqualTo(written(new FrameEncoder(version, options), frame));
    }
  }

  private static Frame random(Random random) {
    Frame frame = Frame.of(one(random, COMMANDS));
    for (int i = random.nextInt(4); i > 0; i--) {
      String value = one(random, VALUES);
      // Equal text that is another String each time.
      frame = frame.with(one(random, NAMES), random.nextBoolean() ? value : new String(value));
    }
    return frame.with(Body.of("x".repeat(random.nextInt(3))));
  }

  @SafeVarargs
  private static <T> T one(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String written(FrameEncoder encoder, Frame frame) {
    try {
      return Wire.shown(encoder.encode(frame));
    } catch (IllegalFrameException e) {
      return e.toString();
    }
  }

  @Test
  void aFrameThatWasRefusedHalfWayIsNotRemembered() {
    FrameEncoder encoder = new FrameEncoder(Version.V1_2);
    encoder.encode(Frame.of(Command.SEND, "first", "1", "second", "2"));
    written(encoder, Frame.of(Command.SEND, "a", "1", "b", "\ud800"));

    assertThat(written(encoder, Frame.of(Command.SEND, "a", "1"))).isEqualTo("SEND\na:1\n\n^@");
  }
}
