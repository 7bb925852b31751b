package io.stompbox.testkit;

import io.stompbox.testkit.Place.AtFrame;
import io.stompbox.testkit.Place.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The faults that wait for their place in one direction. Safe to share between threads. */
final class FaultQueue {
  /** Guarded by this. */
  private final List<Fault> waiting = new ArrayList<>();

  /** Whether none waits, which most octets are asked. */
  private volatile boolean isEmpty = true;

  synchronized void add(Fault fault) {
    waiting.add(fault);
    isEmpty = false;
  }

  synchronized void clear() {
    waiting.clear();
    isEmpty = true;
  }

  /** Whether a fault waits for the beginning of a frame, so that it must not pass unrecognised. */
  boolean waitsForFrames() {
    return !isEmpty && hasFrames();
  }

  private synchronized boolean hasFrames() {
    return waiting.stream()
        .anyMatch(fault -> fault.place() instanceof AtFrame at && at.where() == Where.BEFORE);
  }

  /** Takes those that strike behind so many octets. */
  List<Fault> after(long octets) {
    return take(
        place ->
            place instanceof Place.Now
                || (place instanceof Place.AfterOctets after && after.octets() <= octets));
  }

  /** Takes those that strike at a frame. */
  List<Fault> at(Where where, String command, FrameTally tally) {
    return take(
        place ->
            place instanceof AtFrame at
                && at.isAt(where, command, tally.begun(command), tally.begun(Place.ANY)));
  }

  private List<Fault> take(Predicate<Place> matches) {
    return isEmpty ? List.of() : takeMatching(matches);
  }

  private synchronized List<Fault> takeMatching(Predicate<Place> matches) {
    List<Fault> found = waiting.stream().filter(fault -> matches.test(fault.place())).toList();
    waiting.removeIf(fault -> found.contains(fault) && !strikesAgain(fault.place()));
    isEmpty = waiting.isEmpty();
    return found;
  }

  private static boolean strikesAgain(Place place) {
    return place instanceof AtFrame at && at.number() == Place.EVERY;
  }
}
