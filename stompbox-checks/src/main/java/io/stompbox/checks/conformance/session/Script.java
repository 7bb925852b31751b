package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.WireFrame;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the steps of a case against a driver, in order, up to the first that does not hold. */
final class Script {
  private final Driver driver;
  private final Version version;
  private final List<Call> calls = new ArrayList<>();
  private final WireSteps wire;
  private final EventSteps events;

  /** Whether a step has asked how the last call was refused. */
  private boolean refusalSeen = true;

  private @Nullable Action lastAction;

  Script(Driver driver, Version version) {
    this.driver = driver;
    this.version = version;
    this.wire = new WireSteps(driver);
    this.events = new EventSteps(driver);
  }

  void run(List<Json> steps) {
    for (Json step : steps) {
      run(Json.as(Json.Fields.class, "steps", step));
    }
  }

  /** Runs all steps; at the end nothing may be refused that no step has asked for. */
  void runToEnd(List<Json> steps) {
    run(steps);
    checkNotRefused();
  }

  private void run(Json.Fields step) {
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
      case "event" -> events.run(step);
      case "args_unchanged" -> {
        boolean unchanged = lastAction != null && lastAction.isMapUnchanged();
        Mismatch.unless(unchanged, "the map of the caller is as it was", "it is changed");
      }
      case "wire", "wire_all", "no_wire", "raw_wire", "client_closes", "still_open" ->
          wire.run(step, word);
      case "eol_within_ms", "eols_at_least", "eols_between" -> wire.run(step, word);
      default -> special(step, word);
    }
  }

  /** The word of a step is its first field. */
  private static String word(Json.Fields step) {
    return step.members().keySet().stream()
        .findFirst()
        .orElseThrow(() -> new CaseFormatException("a step has no word"));
  }

  private void checkNotRefused() {
    if (!refusalSeen && !calls.isEmpty()) {
      Call last = calls.get(calls.size() - 1);
      if (last.refusal() != null) {
        throw new Mismatch("the call is made", last.toString());
      }
    }
  }

  private void handshake(Json.Fields step, String word) {
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
    wire.connected();
    refusalSeen = true;
  }

  private void perform(Action action) {
    wire.actionBegins();
    Call call = new Call(action.name());
    calls.add(call);
    lastAction = action;
    refusalSeen = false;
    driver.perform(action, call);
  }

  private void outside(Json.Fields step, String word) {
    step.expectOnly("'" + word + "'", Set.of(word));
    wire.actionBegins();
    switch (word) {
      case "srv" -> driver.serverSends(CaseFields.octets(word, step.any(word)));
      case "srv_receipt_for" -> driver.serverSends(receiptFor(step.text(word)));
      case "srv_closes" -> driver.serverEnds(Driver.ServerEnd.CLOSES);
      case "srv_resets" -> driver.serverEnds(Driver.ServerEnd.RESETS);
      default -> driver.advance(step.whole(word));
    }
  }

  /** The receipt stands on the wire as it has to come back. */
  private Body receiptFor(String which) {
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

  private void repeat(Json.Fields step) {
    step.expectOnly("'repeat'", Set.of("repeat", "times"));
    for (int i = 0; i < step.whole("times"); i++) {
      run(step.items("repeat"));
    }
  }

  /** All alternatives look at the same; the first that holds counts. */
  private void either(List<Json> alternatives) {
    int frame = wire.nextFrame();
    Set<Integer> used = events.used();
    boolean seen = refusalSeen;
    List<String> failures = new ArrayList<>();
    for (Json alternative : alternatives) {
      try {
        run(Json.as(Json.Items.class, "either", alternative).items());
        return;
      } catch (Mismatch e) {
        failures.add(e.getMessage());
        wire.returnTo(frame);
        events.returnTo(used);
        refusalSeen = seen;
      }
    }
    throw new Mismatch("one of " + alternatives.size() + " alternatives holds", failures + "");
  }

  /** A refused call writes nothing. */
  private void refuse(String category) {
    Call last = last();
    Mismatch.unless(category.equals(last.refusal()), "refused: " + category, last);
    wire.expectNothingWritten();
    refusalSeen = true;
  }

  private Call last() {
    if (calls.isEmpty()) {
      throw new CaseFormatException("the script has made no call yet");
    }
    return calls.get(calls.size() - 1);
  }

  private void result(Json.Fields step, String word) {
    Call call = call(step.text(word));
    if (word.equals("pending")) {
      step.expectOnly("'pending'", Set.of("pending"));
      driver.settle();
      Mismatch.unless(call.outcome() == null, call.name() + " is pending", call);
      return;
    }
    step.expectOnly("'result'", Set.of(word, "ok", "error", "message", "body", "confirmed"));
    driver.awaits(() -> call.outcome() != null);
    Seen outcome = call.outcome();
    boolean holds = outcome != null && outcome.has(step, Set.of(word));
    Mismatch.unless(holds, step.members().toString(), call);
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

  private void special(Json.Fields step, String word) {
    if (!(driver instanceof ClientDriver client)) {
      throw Texts.cannot("'" + word + "'");
    }
    new ClientSteps(client).run(step, word);
  }
}
