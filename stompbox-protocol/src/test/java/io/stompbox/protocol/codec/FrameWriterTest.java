package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written header by header is what an encoder makes of the same frame. */
class FrameWriterTest {
  private static final String[] NAMES = {"a", "ab", "a:", "content-length", "caf\u00e9"};
  private static final String[] VALUES = {"", "1", "2", "02", "a:b\\", "\u6771", "\n", "\ud800"};
  private static final Command[] COMMANDS = {
    Command.SEND, Command.MESSAGE, Command.ACK, Command.CONNECT, Command.of("X")
  };

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of(Version.V1_0, EncoderOptions.defaults()),
        Arguments.of(Version.V1_1, EncoderOptions.defaults().with(ContentLength.OMITTED)),
        Arguments.of(Version.V1_2, EncoderOptions.defaults()),
        Arguments.of(Version.V1_2, EncoderOptions.defaults().with(LineEnd.CRLF)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void writesAndRefusesWhatAnEncoderDoes(Version version, EncoderOptions options) {
    FrameWriter writer = new FrameWriter(version, options);
    Random random = new Random(11);
    ByteBuffer heap = ByteBuffer.allocate(600).position(100).slice();
    ByteBuffer direct = ByteBuffer.allocateDirect(500);
    for (int i = 0; i < 20_000; i++) {
      Frame frame = random(random);
      byte[] octets = encoded(new FrameEncoder(version, options), frame);

      for (ByteBuffer buffer : List.of(heap, direct)) {
        buffer.clear().position(random.nextInt(30));
        assertThat(written(writer, frame, buffer)).as("frame %d: %s", i, frame).isEqualTo(octets);
      }
    }
  }

  private static Frame random(Random random) {
    Headers.Builder headers = Headers.builder();
    for (int i = random.nextInt(4); i > 0; i--) {
      headers.add(one(random, NAMES), one(random, VALUES));
    }
    Body body = Body.of(new byte[][] {{}, {'x'}, {'x', 'y'}, {'x', 0}}[random.nextInt(4)]);
    return new Frame(one(random, COMMANDS), headers.build(), body);
  }

  @SafeVarargs
  private static <T> T one(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Nothing if it is refused. */
  private static byte[] encoded(FrameEncoder encoder, Frame frame) {
    try {
      return encoder.encode(frame);
    } catch (IllegalFrameException e) {
      return new byte[0];
    }
  }

  private static byte[] written(FrameWriter writer, Frame frame, ByteBuffer buffer) {
    int start = buffer.position();
    try {
      write(writer, frame, buffer);
    } catch (IllegalFrameException e) {
      assertThat(buffer.position()).isEqualTo(start);
    }
    byte[] octets = new byte[buffer.position() - start];
    buffer.get(start, octets);
    return octets;
  }

  private static void write(FrameWriter writer, Frame frame, ByteBuffer buffer) {
    writer.begin(frame.command(), buffer);
    frame.headers().forEach(header -> writer.header(header.name(), header.value()));
    byte[] body = frame.body().toBytes();
    if (body.length == 1) {
      writer.end(frame.body());
    } else if (body.length == 0) {
      writer.end();
    } else {
      byte[] surrounded = new byte[body.length + 2];
      System.arraycopy(body, 0, surrounded, 1, body.length);
      writer.end(surrounded, 1, 1 + body.length);
    }
  }

  @Test
  void withoutRoomTheFrameIsGivenUpAndTheNextOneIsRight() {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    Frame frame = Frame.of(Command.SEND, "destination", "/queue/a:b").with(Body.of("hello"));
    byte[] octets = new FrameEncoder(Version.V1_2).encode(frame);
    ByteBuffer enough = ByteBuffer.allocate(200);
    for (int room = 0; room < octets.length; room++) {
      for (ByteBuffer small : List.of(ByteBuffer.allocate(room), ByteBuffer.allocateDirect(room))) {
        assertThatExceptionOfType(BufferOverflowException.class)
            .isThrownBy(() -> write(writer, frame, small));
        assertThat(small.position()).isZero();
      }
      assertThat(written(writer, frame, enough.clear())).isEqualTo(octets);
    }
  }

  @Test
  void bodiesLargerThanWhatIsKeptGoToBuffersWithoutAnArray() {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    byte[] body = new byte[200_000];
    Arrays.fill(body, (byte) 'b');
    Frame frame = Frame.of(Command.SEND, "destination", "/queue/a").with(Body.of(body));
    ByteBuffer direct = ByteBuffer.allocateDirect(300_000);
    for (int i = 0; i < 3; i++) {
      assertThat(written(writer, frame, direct.clear()))
          .isEqualTo(new FrameEncoder(Version.V1_2).encode(frame));
    }
  }

  @Test
  void aFrameThatWasNotEndedIsGivenUp() {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    ByteBuffer buffer = ByteBuffer.allocate(200);
    writer.begin(Command.SEND, buffer).header("a", "1");
    writer.begin(Command.ACK, buffer).header("id", "7").end();

    assertThat(Wire.shown(Arrays.copyOf(buffer.array(), buffer.position())))
        .isEqualTo("ACK\nid:7\n\n^@");
  }

  @Test
  void withoutAFrameThereIsNothingToWriteTo() {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    ByteBuffer buffer = ByteBuffer.allocate(200);
    isNotOpen(() -> writer.header("a", "b"));
    isNotOpen(writer::end);

    writer.begin(Command.ACK, buffer).end();
    isNotOpen(() -> writer.header("a", "b"));

    writer.begin(Command.ACK, buffer);
    isRefused(() -> writer.header("", "b"), Reason.EMPTY_HEADER_NAME);
    isNotOpen(writer::end);

    writer.begin(Command.ACK, buffer);
    isRefused(() -> writer.end(new byte[1]), Reason.BODY_NOT_ALLOWED);
    isNotOpen(writer::end);
  }

  @Test
  void aContentLengthThatIsNotThatOfTheBodyIsNamed() {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    for (String wrong : List.of("4", "05", "-5", "", "x", "99999999999999999999")) {
      writer.begin(Command.SEND, ByteBuffer.allocate(200)).header("content-length", wrong);
      assertThatExceptionOfType(IllegalFrameException.class)
          .isThrownBy(() -> writer.end(new byte[5]))
          .withMessageContaining("'" + wrong + "'")
          .withMessageContaining("5");
    }
  }

  private static void isNotOpen(Runnable call) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(call::run)
        .withMessageContaining("call begin");
  }

  private static void isRefused(Runnable call, Reason reason) {
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(call::run)
        .extracting(IllegalFrameException::reason)
        .isEqualTo(reason);
  }
}
