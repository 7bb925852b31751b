package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.WireFrame;
import io.stompbox.checks.conformance.kit.WireWish;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the steps of a case against a driver, in order, up to the first that does not hold. */
final class Script {
  /** The headers that say which thread has sent a frame, and which of its frames it is. */
  static final String THREAD = "thread";

  static final String NUMBER = "number";

  private final Driver driver;
  private final Version version;
  private final List<Call> calls = new ArrayList<>();
  private Cursor cursor = new Cursor(0, 0, 0, Set.of(), true);

  /** How many frames there were when the last step began that makes something happen. */
  private int framesBefore;

  /** When the connection was made, by the clock of the driver. */
  private long connectedAt;

  private @Nullable Action lastAction;

  /**
   * What was looked at.
   *
   * @param firstFrame the first frame after the last handshake
   * @param nextFrame the next one to look at
   * @param firstLineEnd the first heart-beat after the last handshake
   * @param usedEvents the events that steps have asked for, by number
   * @param refusalSeen whether somebody has asked how the last call was refused
   */
  private record Cursor(
      int firstFrame,
      int nextFrame,
      int firstLineEnd,
      Set<Integer> usedEvents,
      boolean refusalSeen) {

    Cursor nextFrame(int next) {
      return new Cursor(firstFrame, next, firstLineEnd, usedEvents, refusalSeen);
    }

    Cursor used(int event) {
      Set<Integer> used = new HashSet<>(usedEvents);
      used.add(event);
      return new Cursor(firstFrame, nextFrame, firstLineEnd, used, refusalSeen);
    }

    Cursor refusalSeen(boolean seen) {
      return new Cursor(firstFrame, nextFrame, firstLineEnd, usedEvents, seen);
    }
  }

  Script(Driver driver, Version version) {
    this.driver = driver;
    this.version = version;
  }

  void run(List<Json> steps) throws Mismatch {
    for (Json step : steps) {
      run(Json.as(Json.Fields.class, "steps", step));
    }
  }

  /** Runs all steps; at the end nothing may be refused that no step has asked for. */
  void runToEnd(List<Json> steps) throws Mismatch {
    run(steps);
    checkNotRefused();
  }

  private void run(Json.Fields step) throws Mismatch {
    String word = word(step);
    if (!List.of("refuse", "either", "no_wire").contains(word)) {
      checkNotRefused();
    }
    switch (word) {
      case "handshake", "reconnected" -> handshake(step, word);
      case "do" -> perform(Action.read(step));
      case "srv", "srv_receipt_for", "srv_closes", "srv_resets", "advance_ms" ->
          outside(step, word);
      case "repeat" -> repeat(step);
      case "either" -> either(step.items("either"));
      case "refuse" -> refuse(step.text("refuse"));
      case "result", "pending" -> result(step, word);
      case "event" -> event(step);
      default -> wire(step, word);
    }
  }

  /** The word of a step is its first field. */
  private static String word(Json.Fields step) {
    return step.members().keySet().stream()
        .findFirst()
        .orElseThrow(() -> new CaseFormatException("a step has no word"));
  }

  private void checkNotRefused() throws Mismatch {
    if (!cursor.refusalSeen() && !calls.isEmpty()) {
      Call last = calls.get(calls.size() - 1);
      if (last.refusal() != null) {
        throw new Mismatch("the call is made", last.toString());
      }
    }
  }

  private void handshake(Json.Fields step, String word) throws Mismatch {
    step.expectOnly("'" + word + "'", Set.of(word, "connected_extra_headers"));
    Version wanted = version;
    if (word.equals("handshake") && !step.text(word).equals("case-version")) {
      wanted = CaseFields.version(step.text(word));
    }
    Call call = new Call("connect");
    calls.add(call);
    driver.handshake(wanted, step.optionalText("connected_extra_headers").orElse(""), call);
    if (!driver.awaits(() -> call.outcome() != null || call.refusal() != null)) {
      throw new Mismatch("the client connects", "it waits");
    }
    Seen outcome = call.outcome();
    if (outcome == null || !"true".equals(outcome.details().get("ok"))) {
      throw new Mismatch("the client connects", call.toString());
    }
    WireLog wire = driver.ledger().wire();
    connectedAt = driver.millis();
    int first = afterConnect(wire.framesFrom(0));
    cursor = new Cursor(first, first, wire.lineEndCount(), cursor.usedEvents(), true);
    framesBefore = first;
  }

  private static int afterConnect(List<WireFrame> frames) {
    int at = frames.size();
    while (at > 0 && !List.of("CONNECT", "STOMP").contains(frames.get(at - 1).command())) {
      at--;
    }
    return at;
  }

  private void perform(Action action) {
    framesBefore = driver.ledger().wire().frameCount();
    Call call = new Call(action.name());
    calls.add(call);
    lastAction = action;
    cursor = cursor.refusalSeen(false);
    driver.perform(action, call);
  }

  private void outside(Json.Fields step, String word) throws Mismatch {
    step.expectOnly("'" + word + "'", Set.of(word));
    framesBefore = driver.ledger().wire().frameCount();
    switch (word) {
      case "srv" -> driver.serverSends(CaseFields.octets(word, step.any(word)));
      case "srv_receipt_for" -> driver.serverSends(receiptFor(step.text(word)));
      case "srv_closes" -> driver.serverEnds(Driver.ServerEnd.CLOSES);
      case "srv_resets" -> driver.serverEnds(Driver.ServerEnd.RESETS);
      default -> driver.advance(step.whole(word));
    }
  }

  /** The receipt stands on the wire as it has to come back. */
  private Body receiptFor(String which) throws Mismatch {
    if (!which.equals("last")) {
      throw Texts.cannot("a receipt for '" + which + "'");
    }
    List<WireFrame> frames = driver.ledger().wire().framesFrom(0);
    String receipt =
        frames.isEmpty() ? null : frames.get(frames.size() - 1).value("receipt").orElse(null);
    if (receipt == null) {
      throw new Mismatch("the last frame asks for a receipt", frames.toString());
    }
    return Body.of("RECEIPT\nreceipt-id:" + receipt + "\n\n\0");
  }

  private void repeat(Json.Fields step) throws Mismatch {
    step.expectOnly("'repeat'", Set.of("repeat", "times"));
    for (int i = 0; i < step.whole("times"); i++) {
      run(step.items("repeat"));
    }
  }

  /** All alternatives look at the same; the first that holds counts. */
  private void either(List<Json> alternatives) throws Mismatch {
    Cursor start = cursor;
    List<String> failures = new ArrayList<>();
    for (Json alternative : alternatives) {
      try {
        run(Json.as(Json.Items.class, "either", alternative).items());
        return;
      } catch (Mismatch e) {
        failures.add(e.getMessage());
        cursor = start;
      }
    }
    throw new Mismatch("one of " + alternatives.size() + " alternatives holds", failures + "");
  }

  /** A refused call writes nothing. */
  private void refuse(String category) throws Mismatch {
    Call last = last();
    if (!category.equals(last.refusal())) {
      throw new Mismatch("refused: " + category, last.toString());
    }
    if (driver.ledger().wire().frameCount() != framesBefore) {
      throw new Mismatch(
          "nothing is written", driver.ledger().wire().framesFrom(framesBefore).toString());
    }
    cursor = cursor.refusalSeen(true);
  }

  private Call last() {
    if (calls.isEmpty()) {
      throw new CaseFormatException("the script has made no call yet");
    }
    return calls.get(calls.size() - 1);
  }

  private void result(Json.Fields step, String word) throws Mismatch {
    Call call = call(step.text(word));
    if (word.equals("pending")) {
      step.expectOnly("'pending'", Set.of("pending"));
      driver.settle();
      if (call.outcome() != null) {
        throw new Mismatch(call.name() + " is pending", call.toString());
      }
      return;
    }
    step.expectOnly("'result'", Set.of(word, "ok", "error", "message", "body", "confirmed"));
    driver.awaits(() -> call.outcome() != null);
    Seen outcome = call.outcome();
    if (outcome == null || !matches(step, word, outcome.details())) {
      throw new Mismatch(step.members().toString(), call.toString());
    }
  }

  /** {@code op} is the last call, {@code name#2} the second of a name. */
  private Call call(String name) {
    if (name.equals("op")) {
      return last();
    }
    int mark = name.indexOf('#');
    String wanted = mark < 0 ? name : name.substring(0, mark);
    int number = mark < 0 ? 1 : Integer.parseInt(name.substring(mark + 1));
    return calls.stream()
        .filter(call -> call.name().equals(wanted))
        .skip(number - 1L)
        .findFirst()
        .orElseThrow(() -> new CaseFormatException("no call is named " + name));
  }

  private void event(Json.Fields step) throws Mismatch {
    String kind = step.text("event");
    String to = step.optionalText("to").orElse(null);
    switch (kind) {
      case "info", "pending_acks" -> {
        Map<String, @Nullable String> state = driver.state(kind, to);
        if (!matches(without(step, "to"), "event", state)) {
          throw new Mismatch(step.members().toString(), state.toString());
        }
      }
      case "no_message" -> {
        driver.settle();
        if (find(step, "message", to) >= 0) {
          throw new Mismatch("no message for " + to, driver.ledger().events().toString());
        }
      }
      case "messages_in_order" -> messagesInOrder(step, to);
      default -> {
        driver.awaits(() -> find(step, kind, to) >= 0);
        int found = find(step, kind, to);
        if (found < 0) {
          throw new Mismatch(step.members().toString(), driver.ledger().events().toString());
        }
        cursor = cursor.used(found);
      }
    }
  }

  private static Json.Fields without(Json.Fields step, String name) {
    Map<String, Json> rest = new LinkedHashMap<>(step.members());
    rest.remove(name);
    return new Json.Fields(rest);
  }

  /** Returns the number of the first event that no step has asked for; -1 if there is none. */
  private int find(Json.Fields step, String kind, @Nullable String to) {
    boolean any = step.text("event").equals("no_message");
    List<Seen> events = driver.ledger().events();
    for (int i = 0; i < events.size(); i++) {
      Seen event = events.get(i);
      if (!cursor.usedEvents().contains(i)
          && event.isFor(kind, to)
          && (any || matches(step, "event", event.details()))) {
        return i;
      }
    }
    return -1;
  }

  private void messagesInOrder(Json.Fields step, @Nullable String to) throws Mismatch {
    step.expectOnly("'event'", Set.of("event", "to", "ids"));
    List<@Nullable String> wanted = new ArrayList<>(step.texts("ids"));
    driver.awaits(() -> ids(to).size() >= wanted.size());
    driver.settle();
    if (!ids(to).equals(wanted)) {
      throw new Mismatch("messages " + wanted, "they are " + ids(to));
    }
  }

  private List<@Nullable String> ids(@Nullable String to) {
    List<@Nullable String> ids = new ArrayList<>();
    for (Seen event : driver.ledger().events()) {
      if (event.isFor("message", to)) {
        ids.add(event.details().get("id"));
      }
    }
    return ids;
  }

  /** Whether each field but {@code word} has the value that was seen; null means that none was. */
  private static boolean matches(
      Json.Fields wanted, String word, Map<String, @Nullable String> seen) {
    for (Map.Entry<String, Json> field : wanted.members().entrySet()) {
      String name = field.getKey();
      if (!name.equals(word) && !isValue(field.getValue(), seen.get(name), name)) {
        return false;
      }
    }
    return true;
  }

  static boolean isValue(Json wanted, @Nullable String seen, String name) {
    if (wanted instanceof Json.Nothing) {
      return seen == null;
    }
    if (wanted instanceof Json.Text text) {
      return text.value().equals(seen);
    }
    if (wanted instanceof Json.Flag flag) {
      return Boolean.toString(flag.value()).equals(seen);
    }
    if (wanted instanceof Json.Whole whole) {
      return Long.toString(whole.value()).equals(seen);
    }
    return CaseFields.octets(name, wanted).text().equals(seen);
  }

  private void wire(Json.Fields step, String word) throws Mismatch {
    WireLog wire = driver.ledger().wire();
    switch (word) {
      case "wire" -> nextFrame(new WireWish(step.fields(word)));
      case "wire_all" -> allFrames(step.fields(word));
      case "no_wire" -> {
        driver.settle();
        int from = Math.max(cursor.nextFrame(), framesBefore);
        expect(wire.frameCount() <= from, "no frame is written", wire.framesFrom(from));
      }
      case "raw_wire" -> {
        String wanted = octets(CaseFields.octets(word, step.any(word)));
        driver.awaits(() -> octets(wire.tail()).startsWith(wanted));
        expect(octets(wire.tail()).startsWith(wanted), Escaped.shown(wanted), wire.tail());
      }
      case "client_closes" -> {
        boolean closed = driver.awaits(driver.ledger()::isClientClosed);
        expect(closed, "the client closes", "it does not");
      }
      case "still_open" -> {
        driver.settle();
        expect(driver.ledger().isOpen(), "the connection is open", "it is closed");
      }
      case "args_unchanged" -> {
        boolean unchanged = lastAction != null && lastAction.isMapUnchanged();
        expect(unchanged, "the map of the caller is as it was", "it is changed");
      }
      case "eol_within_ms", "eols_at_least", "eols_between" -> heartBeats(step, word);
      default -> special(step, word);
    }
  }

  private static String octets(Body body) {
    return body.text(StandardCharsets.ISO_8859_1);
  }

  private static void expect(boolean holds, String wanted, Object seen) throws Mismatch {
    if (!holds) {
      throw new Mismatch(wanted, seen.toString());
    }
  }

  private void nextFrame(WireWish wish) throws Mismatch {
    WireLog wire = driver.ledger().wire();
    int next = cursor.nextFrame();
    expect(driver.awaits(() -> wire.frameCount() > next), wish.toString(), "nothing is written");
    WireFrame frame = wire.framesFrom(next).get(0);
    String complaint = wish.complaint(frame).orElse("");
    expect(complaint.isEmpty(), wish.toString(), complaint + " in " + frame);
    cursor = cursor.nextFrame(next + 1);
  }

  private void allFrames(Json.Fields wish) throws Mismatch {
    wish.expectOnly("'wire_all'", Set.of("frames", "distinct", "last", "each_well_formed"));
    WireLog wire = driver.ledger().wire();
    int first = cursor.firstFrame();
    int count = wish.whole("frames");
    driver.awaits(() -> wire.frameCount() - first >= count);
    driver.settle();
    List<WireFrame> frames = wire.framesFrom(first);
    expect(frames.size() == count, count + " frames", frames.size() + " frames");
    if (wish.has("last")) {
      String last = frames.get(count - 1).command();
      expect(last.equals(wish.text("last")), "the last is " + wish.text("last"), last);
    }
    if (wish.has("distinct")) {
      List<String> values =
          frames.stream().flatMap(f -> f.values(wish.text("distinct")).stream()).toList();
      boolean distinct = Set.copyOf(values).size() == count && values.size() == count;
      expect(distinct, count + " different values of " + wish.text("distinct"), values);
    }
    if (wish.flag("each_well_formed")) {
      expect(wire.complaint().isEmpty(), "whole frames", wire.complaint());
      expect(isInOrder(frames), "the frames of each thread are in order", "they are not");
    }
    cursor = cursor.nextFrame(first + count);
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

  private void heartBeats(Json.Fields step, String word) throws Mismatch {
    WireLog wire = driver.ledger().wire();
    int first = cursor.firstLineEnd();
    switch (word) {
      case "eols_at_least" -> {
        int least = step.whole(word);
        driver.awaits(() -> wire.lineEndCount() - first >= least);
        int count = wire.lineEndCount() - first;
        expect(count >= least, least + " heart-beats or more", count + " heart-beats");
      }
      case "eols_between" -> {
        List<Json> range = step.items(word);
        int count = wire.lineEndCount() - first;
        expect(
            count >= whole(range.get(0)) && count <= whole(range.get(1)),
            "heart-beats between " + range,
            count + " heart-beats");
      }
      default -> {
        driver.awaits(() -> wire.lineEndCount() > first);
        List<Long> times = wire.lineEndsFrom(first);
        boolean inTime = !times.isEmpty() && times.get(0) - connectedAt <= step.whole(word);
        expect(inTime, "a heart-beat within " + step.whole(word) + " ms", times);
      }
    }
  }

  private static long whole(Json value) {
    return Json.as(Json.Whole.class, "eols_between", value).value();
  }

  private void special(Json.Fields step, String word) throws Mismatch {
    if (!(driver instanceof ClientDriver client)) {
      throw Texts.cannot("'" + word + "'");
    }
    new ClientSteps(client).run(step, word);
  }
}
