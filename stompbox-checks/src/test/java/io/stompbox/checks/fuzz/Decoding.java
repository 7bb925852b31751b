package io.stompbox.checks.fuzz;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Body;
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
      add(event, to);
      event = decoder.decode(input);
    }
    if (input.hasRemaining()) {
      throw new AssertionError("asks for more and has left " + input.remaining());
    }
    Arrays.fill(array, (byte) '#');
  }

  private static void finish(FrameDecoder decoder, List<DecodedEvent> to) {
    for (DecodedEvent event = decoder.finish(); event != null; event = decoder.finish()) {
      add(event, to);
    }
  }

  /** Chunks of a body become one, as they depend on the cuts. */
  private static void add(DecodedEvent event, List<DecodedEvent> to) {
    int last = to.size() - 1;
    if (event instanceof DecodedEvent.BodyChunk chunk
        && last >= 0
        && to.get(last) instanceof DecodedEvent.BodyChunk before) {
      byte[] both = Arrays.copyOf(before.octets().toBytes(), sum(before, chunk));
      chunk.octets().copyTo(both, before.octets().size());
      to.set(last, new DecodedEvent.BodyChunk(Body.of(both)));
    } else {
      to.add(event);
    }
  }

  private static int sum(DecodedEvent.BodyChunk first, DecodedEvent.BodyChunk second) {
    return first.octets().size() + second.octets().size();
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

  /** A streamed body has a start, what came of it, and an end that says how much that was. */
  void checkStreams() {
    for (int i = 0; i < events.size(); i++) {
      boolean isStart = events.get(i) instanceof DecodedEvent.BodyStarted;
      boolean isCut = i + 1 == events.size() || i + 2 == events.size();
      if (isStart && !isCut) {
        checkStream(events.get(i + 1), events.get(i + 2));
      }
    }
  }

  private static void checkStream(DecodedEvent body, DecodedEvent end) {
    if (body instanceof DecodedEvent.BodyChunk chunk
        && end instanceof DecodedEvent.BodyEnded ended
        && ended.octets() != chunk.octets().size()) {
      throw new AssertionError(ended + " after " + chunk);
    }
    if (!(body instanceof DecodedEvent.Skipped)
        && !(end instanceof DecodedEvent.BodyEnded || end instanceof DecodedEvent.Skipped)) {
      throw new AssertionError("a streamed body goes on with " + body + " and " + end);
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
