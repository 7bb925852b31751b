package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Mismatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps that look at what the client told its program. */
final class EventSteps {
  private final Driver driver;

  /** The events that steps have asked for, by number. */
  private final Set<Integer> used = new HashSet<>();

  EventSteps(Driver driver) {
    this.driver = driver;
  }

  Set<Integer> used() {
    return Set.copyOf(used);
  }

  /** Takes all events but these as if no step had asked for them. */
  void returnTo(Set<Integer> usedBefore) {
    used.retainAll(usedBefore);
  }

  void run(Json.Fields step) {
    String kind = step.text("event");
    String to = step.optionalText("to").orElse(null);
    switch (kind) {
      case "info", "pending_acks" -> {
        Map<String, @Nullable String> state = driver.state(kind, to);
        boolean holds = new Seen(kind, state).has(step, Set.of("event", "to"));
        Mismatch.unless(holds, step.members().toString(), state);
      }
      case "no_message" -> {
        driver.settle();
        boolean came = find(step, "message", to) >= 0;
        Mismatch.unless(!came, "no message for " + to, driver.ledger().events());
      }
      case "messages_in_order" -> messagesInOrder(step, to);
      default -> {
        driver.awaits(() -> find(step, kind, to) >= 0);
        int found = find(step, kind, to);
        Mismatch.unless(found >= 0, step.members().toString(), driver.ledger().events());
        used.add(found);
      }
    }
  }

  /** Returns the number of the first event that no step has asked for; -1 if there is none. */
  private int find(Json.Fields step, String kind, @Nullable String to) {
    boolean any = step.text("event").equals("no_message");
    List<Seen> events = driver.ledger().events();
    for (int i = 0; i < events.size(); i++) {
      Seen event = events.get(i);
      if (!used.contains(i) && event.isFor(kind, to) && (any || event.has(step, Set.of("event")))) {
        return i;
      }
    }
    return -1;
  }

  private void messagesInOrder(Json.Fields step, @Nullable String to) {
    step.expectOnly("'event'", Set.of("event", "to", "ids"));
    List<@Nullable String> wanted = new ArrayList<>(step.texts("ids"));
    driver.awaits(() -> ids(to).size() >= wanted.size());
    driver.settle();
    Mismatch.unless(ids(to).equals(wanted), "messages " + wanted, "they are " + ids(to));
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
}
