package io.stompbox.checks.scenarios;

import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Scope;
import io.stompbox.testkit.script.Statements.Parser;
import io.stompbox.testkit.script.Step;
import java.util.Optional;

/** Statements that are meant to fail: {@code ... fails ConnectionLostException "words"}. */
final class Failing {
  /** How it is written, behind the statement. */
  static final String USAGE = " [fails EXCEPTION [\"WORDS\"]]";

  private Failing() {}

  /** Returns a statement that may be said to fail. */
  static Parser<Actor> allowed(Parser<Actor> parser) {
    return arguments -> {
      Optional<Arguments> wish = arguments.cut("fails");
      Step<Actor> step = parser.parse(arguments);
      return wish.isEmpty() ? step : failing(step, wish.get());
    };
  }

  private static Step<Actor> failing(Step<Actor> step, Arguments wish) {
    String type = wish.name("the simple name of an exception");
    String words = wish.quoted().orElse("");
    wish.end();
    return (actor, scope) -> check(thrown(step, actor, scope), type, scope.resolve(words));
  }

  private static Throwable thrown(Step<Actor> step, Actor actor, Scope scope) {
    try {
      step.run(actor, scope);
      return new AssertionError("nothing failed");
    } catch (Exception e) {
      return e;
    }
  }

  private static void check(Throwable thrown, String type, String words) {
    String message = String.valueOf(thrown.getMessage());
    if (!thrown.getClass().getSimpleName().equals(type) || !message.contains(words)) {
      throw new AssertionError(
          "expected " + type + " \"" + words + "\", but came " + thrown, thrown);
    }
  }
}
