package io.stompbox.checks.scenarios;

import io.stompbox.checks.invariants.Waiting;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Faults;
import io.stompbox.testkit.Faults.Direction;
import io.stompbox.testkit.Passed;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Arguments.Pair;
import io.stompbox.testkit.script.DirectedFault;
import io.stompbox.testkit.script.Statements;
import io.stompbox.testkit.script.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Breaking connections while the client works, and what has crossed the wire. */
final class ProxyStatements {
  /** As the number of a connection: all. */
  private static final int ALL = 0;

  private ProxyStatements() {}

  static void addTo(Statements<Actor> table) {
    table.with("fault CONNECTION|* up|down FAULT [PLACE]", ProxyStatements::fault);
    table.with("heal CONNECTION|*", ProxyStatements::heal);
    table.with("passed CONNECTION up|down COMMAND:N ...", ProxyStatements::passed);
  }

  private static Step<Actor> fault(Arguments arguments) {
    int connection = connection(arguments);
    DirectedFault fault = DirectedFault.of(arguments);
    return (actor, scope) -> fault.applyTo(faults(actor.proxy(), connection));
  }

  private static Step<Actor> heal(Arguments arguments) {
    int connection = connection(arguments);
    return (actor, scope) -> faults(actor.proxy(), connection).heal();
  }

  private static int connection(Arguments arguments) {
    return arguments.has("*") ? ALL : arguments.count("the number of a connection, or *");
  }

  private static Faults faults(FaultProxy proxy, int connection) {
    return connection == ALL ? proxy.onEveryConnection() : proxy.onConnection(connection);
  }

  private static Step<Actor> passed(Arguments arguments) {
    int connection = arguments.count("the number of a connection");
    Direction direction = arguments.oneOf(Direction.class);
    Map<String, String> wanted = new LinkedHashMap<>();
    Optional<Pair> next = arguments.pair();
    while (next.isPresent()) {
      wanted.put(next.get().name(), next.get().value());
      next = arguments.pair();
    }
    return (actor, scope) ->
        Waiting.until(
            scope.limit(),
            () -> actor.proxy().passed(connection, direction).toString(),
            "the frames " + wanted,
            () -> has(actor.proxy().passed(connection, direction), wanted));
  }

  private static boolean has(Passed passed, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(entry -> Long.toString(passed.frames(entry.getKey())).equals(entry.getValue()));
  }
}
