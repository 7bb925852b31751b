package io.stompbox.checks.scenarios;

import io.stompbox.checks.invariants.Waiting;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Statements;
import io.stompbox.testkit.script.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The counters of a client. */
final class CountStatements {
  private static final Map<String, ToLongFunction<StompClient>> COUNTERS = counters();

  private CountStatements() {}

  static void addTo(Statements<Actor> table) {
    table.with("counts COUNTER:N ...", CountStatements::counts);
  }

  private static Map<String, ToLongFunction<StompClient>> counters() {
    Map<String, ToLongFunction<StompClient>> all = new LinkedHashMap<>();
    all.put("confirmed", client -> client.sends().confirmed());
    all.put("rejected", client -> client.sends().rejected());
    all.put("unknown", client -> client.sends().unknown());
    all.put("not-sent", client -> client.sends().notSent());
    all.put("messages", client -> client.received().messages());
    all.put("unrouted", client -> client.received().unrouted());
    all.put("stale-acks", client -> client.received().staleAcks());
    all.put("handler-failures", client -> client.received().handlerFailures());
    return all;
  }

  private static Step<Actor> counts(Arguments arguments) {
    Map<String, String> wanted = Expected.of(arguments, COUNTERS.keySet());
    return (actor, scope) ->
        Waiting.until(
            scope.limit(),
            () -> values(actor.client(), COUNTERS.keySet()).toString(),
            "the counts " + wanted,
            () -> values(actor.client(), wanted.keySet()).equals(wanted));
  }

  private static Map<String, String> values(StompClient client, Set<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    COUNTERS.forEach(
        (name, counter) -> {
          if (names.contains(name)) {
            values.put(name, Long.toString(counter.applyAsLong(client)));
          }
        });
    return values;
  }
}
