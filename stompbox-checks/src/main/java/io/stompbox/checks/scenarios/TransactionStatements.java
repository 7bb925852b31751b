package io.stompbox.checks.scenarios;

import io.stompbox.client.Transaction;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Content;
import io.stompbox.testkit.script.Statements;
import io.stompbox.testkit.script.Step;
import java.util.function.Consumer;

/** Transactions. */
final class TransactionStatements {
  private TransactionStatements() {}

  static void addTo(Statements<Actor> table) {
    table.with("begin as NAME" + Failing.USAGE, Failing.allowed(TransactionStatements::begin));
    table.with(
        "send-in NAME DESTINATION " + Content.USAGE + Failing.USAGE,
        Failing.allowed(TransactionStatements::send));
    table.with("ack-in NAME MESSAGE" + Failing.USAGE, Failing.allowed(TransactionStatements::ack));
    table.with(
        "commit NAME" + Failing.USAGE,
        Failing.allowed(arguments -> end(arguments, Transaction::commit)));
    table.with(
        "abort NAME" + Failing.USAGE,
        Failing.allowed(arguments -> end(arguments, Transaction::abort)));
  }

  private static Step<Actor> begin(Arguments arguments) {
    String name = arguments.required("as", "a name for the transaction");
    return (actor, scope) -> actor.transactions().put(scope.resolve(name), actor.client().begin());
  }

  private static Step<Actor> send(Arguments arguments) {
    String name = arguments.name("the name of a transaction");
    String destination = arguments.text("a destination such as /queue/a");
    Content content = Content.of(arguments);
    return (actor, scope) ->
        actor
            .transactions()
            .get(scope.resolve(name))
            .send(SendStatements.message(destination, content, scope));
  }

  private static Step<Actor> ack(Arguments arguments) {
    String name = arguments.name("the name of a transaction");
    String message = arguments.name("the name of a message");
    return (actor, scope) ->
        actor
            .transactions()
            .get(scope.resolve(name))
            .ack(actor.deliveries().get(scope.resolve(message)));
  }

  private static Step<Actor> end(Arguments arguments, Consumer<Transaction> how) {
    String name = arguments.name("the name of a transaction");
    return (actor, scope) -> how.accept(actor.transactions().get(scope.resolve(name)));
  }
}
