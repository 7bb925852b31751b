package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameOctetsTest {
  private static final int COUNT = 6;

  @ParameterizedTest
  @EnumSource
  void framesAreTheSameWhoeverHoldsTheirOctets(FrameOctets octets) {
    for (int chunk : new int[] {1, 7, 50, 1000}) {
      FrameDecoder decoder = decoder(octets);
      List<DecodedEvent> events = new ArrayList<>();
      for (byte[] piece : Wire.pieces(Wire.wire(frames()), chunk)) {
        Wire.drain(decoder, ByteBuffer.wrap(piece), events);
      }

      assertThat(Wire.frames(events)).as("in chunks of %d", chunk).isEqualTo(expected());
    }
  }

  @Test
  void copiedFramesOutliveTheInput() {
    List<Frame> frames = decodedAndOverwritten(FrameOctets.COPIED, false);

    assertThat(frames).isEqualTo(expected());
  }

  @Test
  void borrowedFramesShowWhatTheInputHolds() {
    List<Frame> frames = decodedAndOverwritten(FrameOctets.BORROWED, false);

    assertThat(frames.get(COUNT - 1).header("id")).isEqualTo("xx");
    assertThat(frames.get(COUNT - 1).text()).isEqualTo("xxxxxx");
  }

  @Test
  void aCopyOfABorrowedFrameOutlivesTheInput() {
    List<Frame> frames = decodedAndOverwritten(FrameOctets.BORROWED, true);

    assertThat(frames).isEqualTo(expected());
  }

  private static List<Frame> decodedAndOverwritten(FrameOctets octets, boolean copied) {
    byte[] wire = Wire.wire(frames());
    ByteBuffer input = ByteBuffer.wrap(wire);
    FrameDecoder decoder = decoder(octets);
    List<Frame> frames = new ArrayList<>();
    DecodedEvent event;
    while ((event = decoder.decode(input)) != null) {
      if (event instanceof DecodedEvent.FrameDecoded decoded) {
        frames.add(copied ? decoded.frame().copied() : decoded.frame());
      }
    }
    Arrays.fill(wire, (byte) 'x');
    return frames;
  }

  private static String frames() {
    StringBuilder wire = new StringBuilder();
    for (int i = 10; i < 10 + COUNT; i++) {
      wire.append("MESSAGE\nsame:a\nid:").append(i).append("\nesc:\\c").append(i);
      wire.append("\ncontent-length:6\n\nbody").append(i).append("^@");
    }
    return wire.toString();
  }

  private static List<Frame> expected() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 10; i < 10 + COUNT; i++) {
      FrameDecoder fresh = decoder(FrameOctets.COPIED);
      String wire = "MESSAGE\nsame:a\nid:" + i + "\nesc:\\c" + i + "\ncontent-length:6\n\nbody" + i;
      byte[] octets = (wire + "\0").getBytes(StandardCharsets.UTF_8);
      frames.addAll(Wire.frames(fresh, octets));
    }
    return frames;
  }

  private static FrameDecoder decoder(FrameOctets octets) {
    FrameDecoder decoder =
        new FrameDecoder(
            DecoderMode.TOLERANT, DecoderLimits.defaults(), BodyStreaming.off(), octets);
    decoder.version(Version.V1_2);
    return decoder;
  }
}
