package io.stompbox.checks.fuzz;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a decoder made of octets.
 *
 * @param end the fault with its message, or what is unfinished
 */
record Decoding(List<DecodedEvent> events, String end, boolean failed) {

  /** Feeds all pieces, each in another kind of buffer, and lets no buffer keep what it had. */
  static Decoding of(FrameDecoder decoder, List<byte[]> pieces) {
    List<DecodedEvent> events = new ArrayList<>();
    try {
      for (int i = 0; i < pieces.size(); i++) {
        feed(decoder, pieces.get(i), i, events);
      }
      String end = "at " + decoder.offset() + ", unfinished " + decoder.unfinished();
      finish(decoder, events);
      return new Decoding(events, end, false);
    } catch (ProtocolException e) {
      return new Decoding(events, e.fault() + ": " + e.getMessage(), true);
    }
  }

  private static void feed(FrameDecoder decoder, byte[] piece, int index, List<DecodedEvent> to) {
    byte[] array = new byte[piece.length + index % 3];
    System.arraycopy(piece, 0, array, array.length - piece.length, piece.length);
    ByteBuffer heap = ByteBuffer.wrap(array, array.length - piece.length, piece.length);
    ByteBuffer input =
        switch (index % 4) {
          case 1 -> DirectMemory.room(piece.length).put(piece).flip();
          case 2 -> heap.asReadOnlyBuffer();
          case 3 -> heap.slice();
          default -> heap;
        };
    DecodedEvent event = decoder.decode(input);
    while (event != null) {
      to.add(event);
      event = decoder.decode(input);
    }
    if (input.hasRemaining()) {
      throw new AssertionError("asks for more and has left " + input.remaining());
    }
    Arrays.fill(array, (byte) '#');
  }

  private static void finish(FrameDecoder decoder, List<DecodedEvent> to) {
    for (DecodedEvent event = decoder.finish(); event != null; event = decoder.finish()) {
      to.add(event);
    }
  }

  /** What was skipped lies inside the input and never twice. */
  void checkSkips(int length) {
    long end = 0;
    for (DecodedEvent event : events) {
      if (event instanceof DecodedEvent.Skipped skipped) {
        if (skipped.offset() < end || skipped.octets() < 1) {
          throw new AssertionError(skipped + " after one that ended at " + end);
        }
        end = skipped.offset() + skipped.octets();
      }
    }
    if (end > length) {
      throw new AssertionError("skipped up to " + end + " of " + length);
    }
  }

  Decoding withoutEvents() {
    return new Decoding(List.of(), end, failed);
  }

  List<Frame> frames() {
    return events.stream()
        .filter(DecodedEvent.FrameDecoded.class::isInstance)
        .map(event -> ((DecodedEvent.FrameDecoded) event).frame())
        .toList();
  }

  /** Asks for all that is only made of the octets when somebody wants it. */
  void readEverything() {
    for (Frame frame : frames()) {
      Frame copy = new Frame(frame.command(), frame.headers().toBuilder().build(), frame.body());
      if (!copy.equals(frame) || copy.hashCode() != frame.hashCode()) {
        throw new AssertionError("a copy differs from " + frame);
      }
      frame.text();
      frame.headers().asMap();
    }
  }
}
