package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How frames of any size get into the buffer of a writer. */
class WriteBufferTest {
  private static final int KEPT = 4096;

  private final FrameEncoder encoder = new FrameEncoder(Version.V1_2);
  private final WriteBuffer buffer = new WriteBuffer(encoder, KEPT);

  @Test
  void everyFrameIsWholeWhereverTheBufferEnds() {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();

    IntStream.range(0, 600)
        .mapToObj(size -> send("x".repeat(size)))
        .forEach(
            frame -> {
              buffer.add(frame);
              expected.writeBytes(encoder.encode(frame));
            });

    assertThat(octets()).isEqualTo(expected.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "header"})
  void oneFrameMayBeLargerThanTheBuffer(String what) {
    String large = "x".repeat(100_000);
    Frame frame = what.equals("body") ? send(large) : send("hi").with("note", large);
    buffer.add(send("before"));

    buffer.add(frame);

    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(encoder.encode(send("before")));
    expected.writeBytes(encoder.encode(frame));
    assertThat(octets()).isEqualTo(expected.toByteArray());
  }

  @Test
  void aFrameThatCannotBeCarriedIsLeftOut() {
    buffer.add(send("before"));
    Frame illegal = Frame.of(Command.CONNECT, "login", "a\nb");

    assertThatThrownBy(() -> buffer.add(illegal)).isInstanceOf(IllegalFrameException.class);

    assertThat(octets()).isEqualTo(encoder.encode(send("before")));
  }

  @Test
  void framesThatHaveRoomTakeNoOtherBuffer() {
    IntStream.range(0, 20).mapToObj(i -> send("message " + i)).forEach(buffer::add);
    buffer.clear();
    byte[] before = buffer.octets();

    IntStream.range(0, 20).mapToObj(i -> send("message " + i)).forEach(buffer::add);

    assertThat(buffer.octets()).isSameAs(before);
  }

  @Test
  void whatOnlyALargeFrameNeededIsGivenBack() {
    buffer.add(send("x".repeat(100_000)));

    buffer.clear();

    assertThat(buffer.size()).isZero();
    assertThat(buffer.octets()).hasSizeLessThanOrEqualTo(KEPT);
  }

  private static Frame send(String text) {
    return Frame.of(Command.SEND, "destination", "/queue/a").with(Body.of(text));
  }

  private byte[] octets() {
    return Arrays.copyOf(buffer.octets(), buffer.size());
  }
}
