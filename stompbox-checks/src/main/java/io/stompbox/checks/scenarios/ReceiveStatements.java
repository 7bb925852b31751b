package io.stompbox.checks.scenarios;

import io.stompbox.client.AckResult;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.ErrorPolicy;
import io.stompbox.client.MessageHandler;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Arguments.Pair;
import io.stompbox.testkit.script.Content;
import io.stompbox.testkit.script.FrameWish;
import io.stompbox.testkit.script.Scope;
import io.stompbox.testkit.script.Statements;
import io.stompbox.testkit.script.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;

/** Subscribing, receiving, acknowledging. */
final class ReceiveStatements {
  private static final String OPTIONS =
      "[ack:after-processing|manual|batched|broker] [id:ID] [prefetch:N] [HEADER:VALUE ...]";

  private ReceiveStatements() {}

  static void addTo(Statements<Actor> table) {
    table.with(
        "subscribe DESTINATION " + OPTIONS + " as NAME" + Failing.USAGE,
        Failing.allowed(ReceiveStatements::subscribe));
    table.with(
        "handle DESTINATION "
            + OPTIONS
            + " [throwing-on:BODY] [closing-on:BODY] [waiting-for:SIGNAL]"
            + " [on-error:nack|leave|stop|DESTINATION] as NAME"
            + Failing.USAGE,
        Failing.allowed(ReceiveStatements::handle));
    table.with(
        "receive NAME " + FrameWish.USAGE + " [as MESSAGE]" + Failing.USAGE,
        Failing.allowed(ReceiveStatements::receive));
    table.with("receive-nothing NAME TIME", ReceiveStatements::receiveNothing);
    table.with(
        "ack MESSAGE [gives RESULT]" + Failing.USAGE,
        Failing.allowed(arguments -> settle(arguments, Delivery::ack)));
    table.with(
        "nack MESSAGE [gives RESULT]" + Failing.USAGE,
        Failing.allowed(arguments -> settle(arguments, Delivery::nack)));
    table.with(
        "ack-confirmed MESSAGE as NAME" + Failing.USAGE,
        Failing.allowed(arguments -> confirm(arguments, Delivery::ackConfirmed)));
    table.with(
        "nack-confirmed MESSAGE as NAME" + Failing.USAGE,
        Failing.allowed(arguments -> confirm(arguments, Delivery::nackConfirmed)));
    table.with("unsubscribe NAME", ReceiveStatements::unsubscribe);
  }

  private static Optional<Acknowledgement> acknowledgement(String written) {
    return Arguments.constant(Acknowledgement.class, written);
  }

  private static Step<Actor> subscribe(Arguments arguments) {
    String destination = arguments.text("a destination such as /queue/a");
    Content options = options(arguments);
    String name = arguments.required("as", "a name for the subscription");
    return (actor, scope) -> {
      Subscription subscription =
          actor.client().subscribe(scope.resolve(destination), resolved(options, scope));
      actor.consumptions().put(scope.resolve(name), new Consumption.Pulled(subscription));
    };
  }

  private static Content options(Arguments arguments) {
    Content options = Content.of(arguments);
    for (Pair pair : options.headers()) {
      boolean isWrong =
          (pair.name().equals("ack") && acknowledgement(pair.value()).isEmpty())
              || (pair.name().equals("prefetch") && !pair.value().matches("[0-9]{1,9}"));
      if (isWrong) {
        throw arguments.complaint("'" + pair.name() + ":" + pair.value() + "'", "it is unknown");
      }
    }
    return options;
  }

  private static SubscribeOptions resolved(Content content, Scope scope) {
    SubscribeOptions options = SubscribeOptions.defaults();
    for (Pair pair : content.headers()) {
      String value = scope.resolve(pair.value());
      options =
          switch (pair.name()) {
            case "ack" -> options.with(acknowledgement(value).orElseThrow());
            case "id" -> options.withId(value);
            case "prefetch" -> options.withPrefetch(Integer.parseInt(value));
            case "on-error" -> options.with(policy(value));
            case "throwing-on", "closing-on", "waiting-for" -> options;
            default -> options.withHeader(pair.name(), value);
          };
    }
    return options;
  }

  private static ErrorPolicy policy(String value) {
    return switch (value) {
      case "nack" -> new ErrorPolicy.Nack();
      case "leave" -> new ErrorPolicy.Leave();
      case "stop" -> new ErrorPolicy.Stop();
      default -> new ErrorPolicy.Forward(value);
    };
  }

  private static Step<Actor> handle(Arguments arguments) {
    String destination = arguments.text("a destination such as /queue/a");
    Content options = options(arguments);
    String name = arguments.required("as", "a name for the subscription");
    return (actor, scope) -> {
      BlockingQueue<Delivery> taken = Consumption.Handled.queue();
      MessageHandler handler = delivery -> handle(actor, options, scope, delivery, taken);
      Subscription subscription =
          actor.client().subscribe(scope.resolve(destination), resolved(options, scope), handler);
      actor.consumptions().put(scope.resolve(name), new Consumption.Handled(subscription, taken));
    };
  }

  private static void handle(
      Actor actor, Content options, Scope scope, Delivery delivery, Queue<Delivery> taken)
      throws InterruptedException {
    taken.add(delivery);
    Optional<String> signal = value(options, "waiting-for", scope);
    if (signal.isPresent()) {
      scope.await(signal.get());
    }
    if (value(options, "closing-on", scope).filter(delivery.text()::equals).isPresent()) {
      actor.client().close();
    }
    if (value(options, "throwing-on", scope).filter(delivery.text()::equals).isPresent()) {
      throw new IllegalStateException("the handler throws on " + delivery.text());
    }
  }

  private static Optional<String> value(Content options, String name, Scope scope) {
    return options.headers().stream()
        .filter(pair -> pair.name().equals(name))
        .map(pair -> scope.resolve(pair.value()))
        .findFirst();
  }

  private static Step<Actor> receive(Arguments arguments) {
    String name = arguments.name("the name of a subscription");
    FrameWish wish = FrameWish.of(arguments);
    Optional<String> message = arguments.after("as", "a name for the message");
    return (actor, scope) -> {
      Consumption consumption = actor.consumptions().get(scope.resolve(name));
      Delivery delivery =
          consumption
              .next(scope.limit())
              .orElseThrow(() -> new AssertionError("expected a message, but none came"));
      wish.check(delivery.frame(), scope);
      message.ifPresent(known -> actor.deliveries().put(scope.resolve(known), delivery));
    };
  }

  private static Step<Actor> receiveNothing(Arguments arguments) {
    String name = arguments.name("the name of a subscription");
    Duration time = arguments.duration("how long");
    return (actor, scope) -> {
      Optional<Delivery> came = actor.consumptions().get(scope.resolve(name)).next(time);
      if (came.isPresent()) {
        throw new AssertionError("expected no message, but came " + came.get());
      }
    };
  }

  private static Step<Actor> settle(Arguments arguments, Function<Delivery, AckResult> how) {
    String name = arguments.name("the name of a message");
    Optional<AckResult> wanted =
        arguments.has("gives") ? Optional.of(arguments.oneOf(AckResult.class)) : Optional.empty();
    return (actor, scope) -> {
      AckResult result = how.apply(actor.deliveries().get(scope.resolve(name)));
      if (wanted.isPresent() && wanted.get() != result) {
        throw new AssertionError("expected " + wanted.get() + ", but came " + result);
      }
    };
  }

  private static Step<Actor> confirm(Arguments arguments, Function<Delivery, Confirmation> how) {
    String message = arguments.name("the name of a message");
    String name = arguments.required("as", "a name for the confirmation");
    return (actor, scope) -> {
      Delivery delivery = actor.deliveries().get(scope.resolve(message));
      actor.confirmations().put(scope.resolve(name), how.apply(delivery));
    };
  }

  private static Step<Actor> unsubscribe(Arguments arguments) {
    String name = arguments.name("the name of a subscription");
    return (actor, scope) -> actor.consumptions().get(scope.resolve(name)).subscription().close();
  }
}
