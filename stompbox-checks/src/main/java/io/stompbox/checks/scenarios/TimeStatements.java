package io.stompbox.checks.scenarios;

import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Statements;
import io.stompbox.testkit.script.Step;
import java.time.Duration;

/** Time that the scenario moves. */
final class TimeStatements {
  private TimeStatements() {}

  static void addTo(Statements<Actor> table) {
    table.with("await-due TIME", TimeStatements::awaitDue);
    table.with("advance TIME", TimeStatements::advance);
  }

  private static Step<Actor> awaitDue(Arguments arguments) {
    Duration within = arguments.duration("how far from now");
    return (actor, scope) -> clock(actor).awaitTask(within, scope.limit());
  }

  private static Step<Actor> advance(Arguments arguments) {
    Duration time = arguments.duration("how far");
    return (actor, scope) -> clock(actor).advance(time);
  }

  private static ManualClock clock(Actor actor) {
    ManualClock clock = actor.settings().clock;
    if (clock == null) {
      throw new AssertionError("time goes by itself; set 'options time:manual' before 'connect'");
    }
    return clock;
  }
}
