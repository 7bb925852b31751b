package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.Header;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a client, and their handlers, which write down each message. Subscribing,
 * handling and looking happen on threads of their own.
 */
final class ClientSubscriptions {
  private final Ledger ledger;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final CountDownLatch blocked = new CountDownLatch(1);

  /** The subscription whose handler has thrown last. */
  private volatile @Nullable String thrower;

  /** How many failures of handlers are written down. */
  private long failures;

  ClientSubscriptions(Ledger ledger) {
    this.ledger = ledger;
  }

  void subscribe(StompClient client, Action action, Call call) {
    SubscribeOptions how =
        SubscribeOptions.defaults().with(acknowledgement(action.text("ack", "auto")));
    String id = action.text("id");
    how = id == null ? how : how.withId(id);
    for (Header header : action.headers()) {
      how = how.withHeader(header.name(), header.value());
    }
    String handler = action.text("handler", "records");
    if (!List.of("records", "throws", "blocks").contains(handler)) {
      throw Texts.cannot("a handler that " + handler);
    }
    Subscription subscription =
        client.subscribe(
            action.text("destination", ""), how, delivery -> handle(delivery, handler));
    subscriptions.put(subscription.id(), subscription);
    call.finish(Call.ok());
  }

  private void handle(Delivery delivery, String how) throws InterruptedException {
    ledger.add(Answers.message(delivery.frame(), delivery.subscription().id()));
    if (how.equals("throws")) {
      thrower = delivery.subscription().id();
      throw new IllegalStateException("the handler of the script throws");
    }
    if (how.equals("blocks")) {
      blocked.await();
    }
  }

  private static Acknowledgement acknowledgement(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "auto" -> Acknowledgement.BROKER;
      case "client" -> Acknowledgement.BATCHED;
      case "client-individual" -> Acknowledgement.MANUAL;
      default -> throw new CaseFormatException("the client has no ack mode " + mode);
    };
  }

  void unsubscribe(Action action, Call call) {
    Subscription subscription = subscriptions.remove(action.text("id", ""));
    if (subscription == null) {
      call.refuse("unknown-subscription");
      return;
    }
    subscription.close();
    call.finish(Call.ok());
  }

  /** Writes down the failures of handlers that a client has counted since it was asked last. */
  void noteFailures(StompClient client) {
    while (client.received().handlerFailures() > failures) {
      failures++;
      ledger.add(Seen.of("handler_error", "to", thrower));
    }
  }

  /** Lets handlers go on that block. */
  void unblock() {
    blocked.countDown();
  }
}
