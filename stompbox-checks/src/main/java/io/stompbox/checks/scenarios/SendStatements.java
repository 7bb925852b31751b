package io.stompbox.checks.scenarios;

import io.stompbox.checks.invariants.Waiting;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Arguments.Pair;
import io.stompbox.testkit.script.Content;
import io.stompbox.testkit.script.Scope;
import io.stompbox.testkit.script.Statements;
import io.stompbox.testkit.script.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Sending, and what became of it. */
final class SendStatements {
  private static final Set<String> OF_CONFIRMED = Set.of("attempts", "epoch", "duplicate");

  private SendStatements() {}

  static void addTo(Statements<Actor> table) {
    table.with(
        "send DESTINATION " + Content.USAGE + Failing.USAGE, Failing.allowed(SendStatements::send));
    table.with(
        "send-confirmed DESTINATION " + Content.USAGE + " as NAME" + Failing.USAGE,
        Failing.allowed(SendStatements::sendConfirmed));
    table.with("flush [TIME]" + Failing.USAGE, Failing.allowed(SendStatements::flush));
    table.with(
        "outcome NAME KIND [attempts:N] [epoch:N] [duplicate:yes|no] [\"WORDS\"]",
        SendStatements::outcome);
    table.with("undecided NAME", SendStatements::undecided);
    table.with("cancel NAME", SendStatements::cancel);
  }

  private static Step<Actor> send(Arguments arguments) {
    String destination = arguments.text("a destination such as /queue/a");
    Content content = Content.of(arguments);
    return (actor, scope) ->
        actor.invariants().send(actor.client(), message(destination, content, scope));
  }

  private static Step<Actor> sendConfirmed(Arguments arguments) {
    String destination = arguments.text("a destination such as /queue/a");
    Content content = Content.of(arguments);
    String name = arguments.required("as", "a name for the confirmation");
    return (actor, scope) -> {
      Confirmation confirmation =
          actor.invariants().sendConfirmed(actor.client(), message(destination, content, scope));
      actor.confirmations().put(scope.resolve(name), confirmation);
    };
  }

  static Outgoing message(String destination, Content content, Scope scope) {
    Outgoing message = Outgoing.to(scope.resolve(destination));
    for (Pair header : content.headers()) {
      message = message.header(scope.resolve(header.name()), scope.resolve(header.value()));
    }
    return message.text(scope.resolve(content.body()));
  }

  private static Step<Actor> flush(Arguments arguments) {
    Duration limit = arguments.isEmpty() ? Duration.ofSeconds(5) : arguments.duration("how long");
    return (actor, scope) -> actor.client().flush(limit);
  }

  private static Step<Actor> outcome(Arguments arguments) {
    String name = arguments.name("the name of a confirmation");
    Kind kind = arguments.oneOf(Kind.class);
    Map<String, String> details = Expected.of(arguments, OF_CONFIRMED);
    String words = arguments.quoted().orElse("");
    return (actor, scope) -> {
      Confirmation confirmation = actor.confirmations().get(scope.resolve(name));
      check(awaited(confirmation, scope.limit()), kind, details, words);
    };
  }

  private static Outcome awaited(Confirmation confirmation, Duration limit)
      throws InterruptedException {
    try {
      return confirmation.await(limit);
    } catch (StompException failure) {
      // Without an outcome it was the limit.
      return confirmation
          .outcome()
          .orElseThrow(() -> Waiting.overdue(limit, confirmation::toString, "an outcome"));
    }
  }

  /** What may become of a send. */
  private enum Kind {
    CONFIRMED,
    REJECTED,
    UNKNOWN,
    NOT_SENT;

    static Kind of(Outcome outcome) {
      if (outcome instanceof Outcome.Confirmed) {
        return CONFIRMED;
      }
      if (outcome instanceof Outcome.Rejected) {
        return REJECTED;
      }
      return outcome instanceof Outcome.Unknown ? UNKNOWN : NOT_SENT;
    }
  }

  private static void check(Outcome outcome, Kind kind, Map<String, String> details, String words) {
    boolean isWanted = Kind.of(outcome) == kind && outcome.toString().contains(words);
    if (!isWanted || !details(outcome, details.keySet()).equals(details)) {
      throw new AssertionError(
          "expected " + kind + " " + details + " \"" + words + "\", but came " + outcome);
    }
  }

  private static Map<String, String> details(Outcome outcome, Set<String> wanted) {
    if (!(outcome instanceof Outcome.Confirmed confirmed)) {
      return Map.of();
    }
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "attempts", Integer.toString(confirmed.attempts()),
                "epoch", Integer.toString(confirmed.epoch()),
                "duplicate", confirmed.possibleDuplicate() ? "yes" : "no"));
    all.keySet().retainAll(wanted);
    return all;
  }

  private static Step<Actor> cancel(Arguments arguments) {
    String name = arguments.name("the name of a confirmation");
    return (actor, scope) -> {
      Confirmation confirmation = actor.confirmations().get(scope.resolve(name));
      if (!confirmation.cancel()) {
        throw new AssertionError("expected that it can be cancelled, but came " + confirmation);
      }
    };
  }

  private static Step<Actor> undecided(Arguments arguments) {
    String name = arguments.name("the name of a confirmation");
    return (actor, scope) -> {
      Confirmation confirmation = actor.confirmations().get(scope.resolve(name));
      if (confirmation.isDone()) {
        throw new AssertionError("expected no outcome yet, but came " + confirmation);
      }
    };
  }
}
