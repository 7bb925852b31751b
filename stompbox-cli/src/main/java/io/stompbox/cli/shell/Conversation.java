package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.Delivery;
import io.stompbox.client.MessageHandler;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.client.Transaction;
import io.stompbox.protocol.frame.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * What a user has going on with a broker: subscriptions, one transaction at most, and messages that
 * wait to be acknowledged. Commands come from one thread, and {@link #uncommitted} and {@link
 * #unsettled} are for that as well; what else can be asked for is safe to share.
 */
final class Conversation {
  /** More than brokers send ahead. */
  private static final int MOST_OPEN = 1000;

  private static final int MOST_SEEN = 1000;

  private final StompClient client;
  private final Screen screen;
  private final Duration limit;
  private final OpenMessages open = new OpenMessages(MOST_OPEN);
  private final Map<String, Subscribed> subscriptions = new ConcurrentSkipListMap<>();

  /** Destinations that were named, for completion. */
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  private int lastId;

  private volatile @Nullable Transaction transaction;

  /** Messages that were sent in the transaction. */
  private int sentInTransaction;

  /** Acknowledged in the transaction, so that they are open again if it is aborted. */
  private final List<Delivery> settled = new ArrayList<>();

  private record Subscribed(Subscription subscription, SubscribeAck mode) {}

  /**
   * Creates one.
   *
   * @param limit how long to wait for each answer
   */
  Conversation(StompClient client, Screen screen, Duration limit) {
    this.client = client;
    this.screen = screen;
    this.limit = limit;
  }

  StompClient client() {
    return client;
  }

  Duration limit() {
    return limit;
  }

  void subscribe(
      String destination, SubscribeAck mode, List<Header> headers, MessageHandler handler) {
    see(destination);
    if (subscriptions.containsKey(destination)) {
      throw Failure.usage("Already subscribed to " + destination);
    }
    String id = String.valueOf(lastId + 1);
    SubscribeOptions options = SubscribeOptions.defaults().with(mode.acknowledgement()).withId(id);
    for (Header header : headers) {
      options = options.withHeader(header.name(), header.value());
    }
    screen.tell(
        "Subscribing to '%s' with acknowledge set to '%s', id set to '%s'"
            .formatted(destination, mode.word(), id));
    lastId++;
    MessageHandler recording =
        mode == SubscribeAck.AUTO ? handler : message -> keep(message, handler);
    Subscription subscription = client.subscribe(destination, options, recording);
    subscriptions.put(destination, new Subscribed(subscription, mode));
  }

  /** A message that nobody can name any more could never be acknowledged. */
  private void keep(Delivery message, MessageHandler handler) throws Exception {
    if (!open.add(message)) {
      message.subscription().pause();
      screen.tell(
          MOST_OPEN + " messages wait to be acknowledged; no more are taken before some are");
    }
    handler.onMessage(message);
  }

  void unsubscribe(String destination) {
    Subscribed subscribed = subscriptions.remove(destination);
    if (subscribed == null) {
      throw Failure.usage("Subscription " + destination + " not found");
    }
    screen.tell("Unsubscribing from '" + destination + "'");
    subscribed.subscription().close();
    open.removeAll(subscribed.subscription().id());
  }

  /** Sends a message, in the transaction if there is one. */
  void send(Outgoing message) {
    see(message.destination());
    Transaction current = transaction;
    if (current == null) {
      client.send(message);
    } else {
      send(message, current);
    }
  }

  private void send(Outgoing message, Transaction current) {
    current.send(message);
    sentInTransaction++;
  }

  /** Sends a message and waits for its receipt, or for that of COMMIT if in a transaction. */
  void sendConfirmed(Outgoing message, String receipt) throws InterruptedException {
    see(message.destination());
    Transaction current = transaction;
    if (current == null) {
      client.sendConfirmed(message.receipt(receipt)).await(limit);
      screen.tell("Receipt: " + receipt);
    } else {
      send(message, current);
      screen.tell("In a transaction: the receipt is that of commit");
    }
  }

  void begin() {
    Transaction current = transaction;
    if (current != null) {
      throw Failure.usage("Currently in a transaction (" + current.id() + ")");
    }
    Transaction begun = client.begin();
    transaction = begun;
    screen.tell("Transaction id: " + begun.id());
  }

  void commit() {
    Transaction current = inTransaction();
    screen.tell("Committing " + current.id());
    List<Delivery> undone = List.copyOf(settled);
    end();
    try {
      current.commit();
    } catch (RuntimeException e) {
      undone.forEach(open::add);
      throw e;
    }
    screen.tell("Committed: " + current.id());
  }

  void abort() {
    Transaction current = inTransaction();
    settled.forEach(open::add);
    end();
    current.abort();
    screen.tell("Aborted transaction: " + current.id());
  }

  /** How many messages were sent in a transaction that is neither committed nor aborted. */
  int uncommitted() {
    return sentInTransaction;
  }

  /** How many messages were acknowledged or refused in such a transaction. */
  int unsettled() {
    return settled.size();
  }

  private Transaction inTransaction() {
    Transaction current = transaction;
    if (current == null) {
      throw Failure.usage("Not currently in a transaction");
    }
    return current;
  }

  private void end() {
    settled.clear();
    sentInTransaction = 0;
    transaction = null;
  }

  /**
   * Acknowledges or refuses a message; where that is cumulative, all before it as well.
   *
   * @param subscription the id of its subscription; null if the message has an id for this
   */
  void settle(Verdict verdict, String id, @Nullable String subscription) {
    Delivery message = open.find(id, subscription).orElseThrow(() -> notOpen(id, subscription));
    for (Delivery each : isCumulative(message) ? open.upTo(message) : List.of(message)) {
      settle(verdict, each);
    }
    client.subscriptions().forEach(Subscription::resume);
  }

  private void settle(Verdict verdict, Delivery message) {
    Transaction current = transaction;
    if (current == null) {
      screen.tell(verdict.told(OpenMessages.id(message), verdict.settle(message)));
      open.remove(message);
    } else {
      verdict.settle(message, current);
      open.remove(message);
      settled.add(message);
    }
  }

  private boolean isCumulative(Delivery message) {
    return subscriptions.values().stream()
        .anyMatch(
            each ->
                each.subscription() == message.subscription()
                    && each.mode() == SubscribeAck.CLIENT);
  }

  private Failure notOpen(String id, @Nullable String subscription) {
    List<String> ids = open.ids();
    String place = subscription == null ? "" : " of subscription " + subscription;
    return Failure.usage(
        "No message '" + id + "'" + place + " waits to be acknowledged",
        ids.isEmpty()
            ? "none does; subscribe <destination> client-individual to do it by hand"
            : "these do: " + String.join(", ", ids.subList(0, Math.min(5, ids.size()))));
  }

  /** The ids that acknowledgements need. */
  List<String> openIds() {
    return open.ids();
  }

  private void see(String destination) {
    if (seen.size() < MOST_SEEN) {
      seen.add(destination);
    }
  }

  /** The destinations that were named so far. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  /** Where it is subscribed. */
  List<String> destinations() {
    return List.copyOf(subscriptions.keySet());
  }

  /** The ids of its subscriptions. */
  List<String> subscriptionIds() {
    return subscriptions.values().stream().map(each -> each.subscription().id()).toList();
  }

  /** The id of the transaction; empty outside of one. */
  Optional<String> transactionId() {
    return Optional.ofNullable(transaction).map(Transaction::id);
  }
}
