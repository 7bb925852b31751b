package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.codec.Observation;
import io.stompbox.checks.conformance.kit.Category;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.FrameText;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a parser found, as text that shows all there is of it.
 *
 * @param events frames, and {@link #HEART_BEAT}
 * @param end {@code clean}, {@code incomplete}, or an error
 */
record ParseOutcome(List<String> events, String end) {
  static final String HEART_BEAT = "HB";
  static final String CLEAN = "clean";
  static final String INCOMPLETE = "incomplete";

  ParseOutcome {
    events = List.copyOf(events);
  }

  /**
   * Returns what was seen. The parsers of the seeds know the commands; ours leaves that to the
   * session, so a command that nobody knows ends it here.
   */
  static ParseOutcome of(Observation seen) {
    List<String> events = new ArrayList<>();
    for (DecodedEvent event : seen.events()) {
      if (!(event instanceof DecodedEvent.FrameDecoded decoded)) {
        events.add(HEART_BEAT);
      } else if (decoded.frame().command().isKnown()) {
        events.add(text(decoded.frame()));
      } else {
        return new ParseOutcome(events, "error " + Category.of(Fault.BAD_COMMAND));
      }
    }
    return new ParseOutcome(events, seen.end());
  }

  /** As {@link FrameText}, but headers by their octets. */
  private static String text(Frame frame) {
    List<String> headers = new ArrayList<>();
    frame.headers().forEach(h -> headers.add(header(Body.of(h.name()), Body.of(h.value()))));
    return FrameText.of(frame.command().name(), headers, frame.body());
  }

  static String header(Body name, Body value) {
    return Escaped.shown(name) + ":" + Escaped.shown(value);
  }

  /** Returns what comes of this and then the other, in one input. */
  ParseOutcome then(ParseOutcome other) {
    List<String> all = new ArrayList<>(events);
    all.addAll(other.events);
    return new ParseOutcome(all, other.end);
  }

  ParseOutcome withoutHeartBeats() {
    return new ParseOutcome(
        events.stream().filter(event -> !event.equals(HEART_BEAT)).toList(), end);
  }

  /** Whether this has all events of the other, and then perhaps more. */
  boolean startsWith(ParseOutcome other) {
    int size = other.events.size();
    return events.size() >= size && events.subList(0, size).equals(other.events);
  }

  /** Whether this ends as {@code wanted} does, where {@code error} is what it ends with. */
  boolean isAs(ParseOutcome wanted, Optional<SeedError> error) {
    return events.equals(wanted.events)
        && error.map(e -> e.isShownAs(end)).orElseGet(() -> end.equals(wanted.end));
  }

  /** Whether the end is one that a decoder may come to, and not an exception of another kind. */
  boolean isOrderly() {
    return end.equals(CLEAN) || end.equals(INCOMPLETE) || end.startsWith("error ");
  }

  String text() {
    List<String> parts = new ArrayList<>(events);
    parts.add(end);
    return String.join("; ", parts);
  }
}
