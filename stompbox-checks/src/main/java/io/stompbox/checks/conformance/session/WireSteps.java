package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.WireFrame;
import io.stompbox.checks.conformance.kit.WireWish;
import io.stompbox.protocol.frame.Body;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps that look at what the client writes, and what of it they have looked at. */
final class WireSteps {
  /** The headers that say which thread has sent a frame, and which of its frames it is. */
  static final String THREAD = "thread";

  static final String NUMBER = "number";

  private final Driver driver;

  /** The first frame and the first heart-beat after the last handshake. */
  private int firstFrame;

  private int firstLineEnd;

  /** The next frame to look at. */
  private int nextFrame;

  /** How many frames there were when the last step began that makes something happen. */
  private int framesBefore;

  /** When the connection was made, by the clock of the driver. */
  private long connectedAt;

  WireSteps(Driver driver) {
    this.driver = driver;
  }

  /** A handshake has ended; only what comes after it is looked at. */
  void connected() {
    connectedAt = driver.millis();
    firstFrame = afterConnect(wire().framesFrom(0));
    firstLineEnd = wire().lineEndCount();
    nextFrame = firstFrame;
    framesBefore = firstFrame;
  }

  private static int afterConnect(List<WireFrame> frames) {
    int at = frames.size();
    while (at > 0 && !List.of("CONNECT", "STOMP").contains(frames.get(at - 1).command())) {
      at--;
    }
    return at;
  }

  /** A step begins that makes something happen. */
  void actionBegins() {
    framesBefore = wire().frameCount();
  }

  /** Checks that nothing was written since {@link #actionBegins}. */
  void expectNothingWritten() {
    List<WireFrame> written = wire().framesFrom(framesBefore);
    Mismatch.unless(written.isEmpty(), "nothing is written", written);
  }

  int nextFrame() {
    return nextFrame;
  }

  /** Looks at frames again, from {@code frame} on. */
  void returnTo(int frame) {
    nextFrame = frame;
  }

  void run(Json.Fields step, String word) {
    switch (word) {
      case "wire" -> nextFrame(new WireWish(step.fields(word)));
      case "wire_all" -> allFrames(step.fields(word));
      case "no_wire" -> {
        driver.settle();
        List<WireFrame> written = wire().framesFrom(Math.max(nextFrame, framesBefore));
        Mismatch.unless(written.isEmpty(), "no frame is written", written);
      }
      case "raw_wire" -> {
        String wanted = octets(CaseFields.octets(word, step.any(word)));
        boolean written = driver.awaits(() -> octets(wire().tail()).startsWith(wanted));
        Mismatch.unless(written, Escaped.shown(wanted), wire().tail());
      }
      case "client_closes" -> {
        boolean closed = driver.awaits(driver.ledger()::isClientClosed);
        Mismatch.unless(closed, "the client closes", "it does not");
      }
      case "still_open" -> {
        driver.settle();
        Mismatch.unless(driver.ledger().isOpen(), "the connection is open", "it is closed");
      }
      default -> heartBeats(step, word);
    }
  }

  private WireLog wire() {
    return driver.ledger().wire();
  }

  private static String octets(Body body) {
    return body.text(StandardCharsets.ISO_8859_1);
  }

  private void nextFrame(WireWish wish) {
    WireLog wire = wire();
    int next = nextFrame;
    Mismatch.unless(
        driver.awaits(() -> wire.frameCount() > next), wish.toString(), "nothing is written");
    WireFrame frame = wire.framesFrom(next).get(0);
    String complaint = wish.complaint(frame).orElse("");
    Mismatch.unless(complaint.isEmpty(), wish.toString(), complaint + " in " + frame);
    nextFrame = next + 1;
  }

  private void allFrames(Json.Fields wish) {
    wish.expectOnly("'wire_all'", Set.of("frames", "distinct", "last", "each_well_formed"));
    WireLog wire = wire();
    int first = firstFrame;
    int count = wish.whole("frames");
    driver.awaits(() -> wire.frameCount() - first >= count);
    driver.settle();
    List<WireFrame> frames = wire.framesFrom(first);
    Mismatch.unless(frames.size() == count, count + " frames", frames.size() + " frames");
    if (wish.has("last")) {
      String last = frames.get(count - 1).command();
      Mismatch.unless(last.equals(wish.text("last")), "the last is " + wish.text("last"), last);
    }
    if (wish.has("distinct")) {
      List<String> values =
          frames.stream().flatMap(f -> f.values(wish.text("distinct")).stream()).toList();
      boolean distinct = Set.copyOf(values).size() == count && values.size() == count;
      Mismatch.unless(distinct, count + " different values of " + wish.text("distinct"), values);
    }
    if (wish.flag("each_well_formed")) {
      Mismatch.unless(wire.complaint().isEmpty(), "whole frames", wire.complaint());
      Mismatch.unless(isInOrder(frames), "the frames of each thread are in order", "they are not");
    }
    nextFrame = first + count;
  }

  /** Whether the numbers of each thread rise; frames without are not looked at. */
  private static boolean isInOrder(List<WireFrame> frames) {
    Map<String, Integer> next = new HashMap<>();
    for (WireFrame frame : frames) {
      Optional<String> thread = frame.value(THREAD);
      if (thread.isPresent()) {
        int number = Integer.parseInt(frame.value(NUMBER).orElse("-1"));
        if (number != next.getOrDefault(thread.get(), 0)) {
          return false;
        }
        next.put(thread.get(), number + 1);
      }
    }
    return true;
  }

  private void heartBeats(Json.Fields step, String word) {
    WireLog wire = wire();
    int first = firstLineEnd;
    switch (word) {
      case "eols_at_least" -> {
        int least = step.whole(word);
        driver.awaits(() -> wire.lineEndCount() - first >= least);
        int count = wire.lineEndCount() - first;
        Mismatch.unless(count >= least, least + " heart-beats or more", count + " heart-beats");
      }
      case "eols_between" -> {
        List<Json> range = step.items(word);
        int count = wire.lineEndCount() - first;
        Mismatch.unless(
            count >= whole(range.get(0)) && count <= whole(range.get(1)),
            "heart-beats between " + range,
            count + " heart-beats");
      }
      default -> {
        driver.awaits(() -> wire.lineEndCount() > first);
        List<Long> times = wire.lineEndsFrom(first);
        boolean inTime = !times.isEmpty() && times.get(0) - connectedAt <= step.whole(word);
        Mismatch.unless(inTime, "a heart-beat within " + step.whole(word) + " ms", times);
      }
    }
  }

  private static long whole(Json value) {
    return Json.as(Json.Whole.class, "eols_between", value).value();
  }
}
