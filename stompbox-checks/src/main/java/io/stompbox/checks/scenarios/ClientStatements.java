package io.stompbox.checks.scenarios;

import io.stompbox.client.ClientState;
import io.stompbox.client.CloseReport;
import io.stompbox.client.StateChange;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Arguments.Pair;
import io.stompbox.testkit.script.Scope;
import io.stompbox.testkit.script.Statements;
import io.stompbox.testkit.script.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client can be told to do, and what is checked of it: its life. */
final class ClientStatements {
  static final Statements<Actor> TABLE = table();

  private ClientStatements() {}

  private static Statements<Actor> table() {
    Statements<Actor> table = new Statements<>();
    table.with("options NAME:VALUE ...", ClientStatements::options);
    table.with("connect" + Failing.USAGE, Failing.allowed(ClientStatements::connect));
    table.with("state STATE [epoch:N]", ClientStatements::state);
    table.with("states STATE ...", ClientStatements::states);
    table.with("lost EPOCH [\"WORDS\"]", ClientStatements::lost);
    table.with("close [TIME] [drained:yes|no]", ClientStatements::close);
    SendStatements.addTo(table);
    ReceiveStatements.addTo(table);
    TransactionStatements.addTo(table);
    CountStatements.addTo(table);
    ProxyStatements.addTo(table);
    TimeStatements.addTo(table);
    return table;
  }

  private static Step<Actor> options(Arguments arguments) {
    List<Pair> pairs = new ArrayList<>();
    List<Setting> settings = new ArrayList<>();
    Optional<Pair> next = arguments.pair();
    while (next.isPresent()) {
      pairs.add(next.get());
      settings.add(Setting.of(next.get(), arguments));
      next = arguments.pair();
    }
    return (actor, scope) -> {
      for (int i = 0; i < pairs.size(); i++) {
        settings.get(i).apply(actor.settings(), scope.resolve(pairs.get(i).value()));
      }
    };
  }

  private static Step<Actor> connect(Arguments arguments) {
    return (actor, scope) -> actor.connect();
  }

  private static Step<Actor> state(Arguments arguments) {
    ClientState wanted = arguments.oneOf(ClientState.class);
    int epoch = epoch(arguments);
    return (actor, scope) ->
        actor
            .changes()
            .await(
                scope.limit(),
                () -> actor.client().state() + " in epoch " + actor.client().epoch(),
                wanted + (epoch < 0 ? "" : " in epoch " + epoch),
                () ->
                    actor.client().state() == wanted
                        && (epoch < 0 || actor.client().epoch() == epoch));
  }

  private static int epoch(Arguments arguments) {
    if (arguments.isEmpty()) {
      return -1;
    }
    Pair pair = arguments.pair().filter(found -> found.name().equals("epoch")).orElse(null);
    if (pair == null || !pair.value().matches("[0-9]{1,6}")) {
      throw arguments.complaint("something else", "expected is epoch:N");
    }
    return Integer.parseInt(pair.value());
  }

  private static Step<Actor> states(Arguments arguments) {
    List<ClientState> wanted = new ArrayList<>();
    do {
      wanted.add(arguments.oneOf(ClientState.class));
    } while (!arguments.isEmpty());
    return (actor, scope) ->
        actor
            .changes()
            .await(
                scope.limit(),
                () -> seen(actor).toString(),
                "the states " + wanted,
                () -> seen(actor).equals(wanted));
  }

  private static List<ClientState> seen(Actor actor) {
    return actor.changes().all().stream().map(StateChange::to).toList();
  }

  private static Step<Actor> lost(Arguments arguments) {
    int epoch = arguments.count("the number of a connection");
    String words = arguments.quoted().orElse("");
    return (actor, scope) -> lost(actor, scope, epoch, words);
  }

  /** There is exactly one end of a connection, and it says why. */
  private static void lost(Actor actor, Scope scope, int epoch, String words) throws Exception {
    actor
        .changes()
        .await(
            scope.limit(),
            () -> "the changes " + actor.changes().all(),
            "one loss of connection " + epoch + " with the words \"" + words + "\"",
            () -> {
              List<StateChange> ends =
                  actor.changes().all().stream()
                      .filter(change -> change.from() == ClientState.CONNECTED)
                      .filter(change -> change.epoch() == epoch)
                      .toList();
              return ends.size() == 1
                  && ends.get(0).cause().map(Throwable::toString).orElse("").contains(words);
            });
  }

  private static Step<Actor> close(Arguments arguments) {
    Optional<Duration> limit =
        arguments.isEmpty() || arguments.nextIsPair()
            ? Optional.empty()
            : Optional.of(arguments.duration("how long"));
    Optional<Boolean> drained = Expected.yesOrNo(arguments, "drained");
    return (actor, scope) -> {
      CloseReport report = actor.client().close(limit.orElse(actor.settings().timeouts.close()));
      if (drained.isPresent() && report.drained() != drained.get()) {
        throw new AssertionError("expected drained:" + drained.get() + ", but came " + report);
      }
    };
  }
}
