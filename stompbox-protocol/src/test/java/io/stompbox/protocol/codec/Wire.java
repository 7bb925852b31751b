package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Octets for tests, and ways to feed them to a decoder. */
final class Wire {
  private static final int BEFORE = 3;

  private Wire() {}

  /** Returns octets: one for each character, where {@code ^@} is NUL as in the specification. */
  static byte[] wire(String text) {
    return text.replace("^@", "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns octets as one character each. */
  static String shown(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1).replace("\0", "^@");
  }

  /** Returns the pieces of at most {@code size} octets. */
  static List<byte[]> pieces(byte[] wire, int size) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < wire.length; at += size) {
      pieces.add(Arrays.copyOfRange(wire, at, Math.min(wire.length, at + size)));
    }
    return pieces;
  }

  /** Returns pieces of random sizes up to {@code most}. */
  static List<byte[]> pieces(byte[] wire, int most, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    int at = 0;
    while (at < wire.length) {
      int end = Math.min(wire.length, at + 1 + random.nextInt(most));
      pieces.add(Arrays.copyOfRange(wire, at, end));
      at = end;
    }
    return pieces;
  }

  /**
   * Feeds pieces and appends what comes out, also if that ends in an exception. A piece is a part
   * of an array that has more octets, as those of a read are; some end where their array does.
   */
  static void feed(FrameDecoder decoder, List<byte[]> pieces, List<DecodedEvent> events) {
    for (byte[] piece : pieces) {
      byte[] array = new byte[BEFORE + piece.length + (piece.length % 3 == 0 ? 0 : Long.BYTES)];
      Arrays.fill(array, (byte) '#');
      System.arraycopy(piece, 0, array, BEFORE, piece.length);
      ByteBuffer input = ByteBuffer.wrap(array, BEFORE, piece.length);
      drain(decoder, input, events);
      // The next read overwrites the buffer, so nothing may still point into it.
      Arrays.fill(input.array(), (byte) '#');
    }
  }

  static void drain(FrameDecoder decoder, ByteBuffer input, List<DecodedEvent> events) {
    for (DecodedEvent event = decoder.decode(input); event != null; event = decoder.decode(input)) {
      events.add(event);
    }
  }

  /** Returns the frames in a whole input. */
  static List<Frame> frames(FrameDecoder decoder, byte[] wire) {
    List<DecodedEvent> events = new ArrayList<>();
    feed(decoder, List.of(wire), events);
    return frames(events);
  }

  static List<Frame> frames(List<DecodedEvent> events) {
    return events.stream()
        .filter(DecodedEvent.FrameDecoded.class::isInstance)
        .map(event -> ((DecodedEvent.FrameDecoded) event).frame())
        .toList();
  }
}
