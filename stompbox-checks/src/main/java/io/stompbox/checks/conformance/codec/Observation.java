package io.stompbox.checks.conformance.codec;

import io.stompbox.checks.conformance.kit.Category;
import io.stompbox.checks.conformance.kit.Cutting;
import io.stompbox.checks.conformance.kit.Refusal;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Feeds octets to a decoder and notes what it finds. */
public final class Observation {
  private static final byte[] LATER_FRAME =
      "RECEIPT\nreceipt-id:later\n\n\0".getBytes(StandardCharsets.US_ASCII);

  private final FrameDecoder decoder;
  private final Memory memory;
  private final List<DecodedEvent> events = new ArrayList<>();
  private final String end;

  /** Feeds the reads of {@code cutting}, each in a buffer of its own. */
  public Observation(FrameDecoder decoder, Memory memory, Cutting cutting) {
    this.decoder = decoder;
    this.memory = memory;
    this.end = end(cutting);
  }

  /** Returns what was found, in order. */
  public List<DecodedEvent> events() {
    return events;
  }

  List<Frame> frames() {
    return events.stream()
        .filter(DecodedEvent.FrameDecoded.class::isInstance)
        .map(event -> ((DecodedEvent.FrameDecoded) event).frame())
        .toList();
  }

  /** How many ends of lines were found between frames. */
  int lineEnds() {
    return events.size() - frames().size();
  }

  /** Returns {@code clean}, {@code incomplete}, {@code error} and its category, or what is odd. */
  public String end() {
    return end;
  }

  private String end(Cutting cutting) {
    try {
      for (byte[] read : cutting.reads()) {
        feed(read);
      }
      return decoder.isInsideFrame() ? "incomplete" : "clean";
    } catch (ProtocolException e) {
      return "error " + Category.of(e.fault()) + goesOn(e);
    } catch (RuntimeException e) {
      return Refusal.shown(e);
    }
  }

  private void feed(byte[] read) {
    ByteBuffer buffer = memory.holding(read);
    int before = buffer.remaining();
    for (DecodedEvent event = decoder.decode(buffer); event != null; ) {
      if (buffer.remaining() == before) {
        throw new IllegalStateException("an event came without an octet being consumed: " + event);
      }
      before = buffer.remaining();
      events.add(event);
      event = decoder.decode(buffer);
    }
    if (buffer.hasRemaining()) {
      throw new IllegalStateException(buffer.remaining() + " octets were left in the buffer");
    }
    Memory.reuse(buffer);
  }

  /** After a fault nothing may be decoded any more; returns how that was broken. */
  private String goesOn(ProtocolException fault) {
    try {
      return ", but then decoded " + decoder.decode(memory.holding(LATER_FRAME));
    } catch (ProtocolException e) {
      return e.fault() == fault.fault() ? "" : ", but then " + Category.of(e.fault());
    }
  }
}
