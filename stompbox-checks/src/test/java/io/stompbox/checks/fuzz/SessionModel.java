package io.stompbox.checks.fuzz;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.session.ReceivedMessage;
import io.stompbox.protocol.session.Session;
import io.stompbox.protocol.session.SessionState;
import io.stompbox.protocol.session.Subscribed;
import io.stompbox.protocol.session.SubscriptionToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a session must know, kept in the simplest way. */
final class SessionModel {
  SessionState state = SessionState.DISCONNECTED;
  final Set<String> receipts = new LinkedHashSet<>();

  /** Given up, but they may still come. */
  final Set<String> overdue = new LinkedHashSet<>();

  /** The receipt of DISCONNECT, if it asked for one. */
  @Nullable String farewell;

  final Map<SubscriptionToken, Subscription> subscriptions = new LinkedHashMap<>();

  /** What each transaction has settled. */
  final Map<String, List<Settled>> transactions = new LinkedHashMap<>();

  /** The subscriptions that a replay must give. */
  final Map<SubscriptionToken, Subscribed> remembered = new LinkedHashMap<>();

  /** A subscription, and its messages that are not acknowledged, by their numbers. */
  record Subscription(Subscribed subscribed, TreeMap<Long, ReceivedMessage> open) {}

  private record Settled(Subscription subscription, List<ReceivedMessage> messages) {}

  void subscribed(Subscribed subscribed) {
    subscriptions.put(subscribed.token(), new Subscription(subscribed, new TreeMap<>()));
  }

  void received(ReceivedMessage message) {
    Subscription subscription = requireNonNull(subscriptions.get(message.token()));
    if (!subscription.subscribed().ack().equals("auto")) {
      subscription.open().put(message.number(), message);
    }
  }

  void settled(ReceivedMessage message, @Nullable String transaction) {
    Subscription subscription = requireNonNull(subscriptions.get(message.token()));
    boolean cumulative = subscription.subscribed().ack().equals("client");
    List<ReceivedMessage> settled = new ArrayList<>();
    for (ReceivedMessage open : subscription.open().values()) {
      if (open.number() == message.number() || (cumulative && open.number() < message.number())) {
        settled.add(open);
      }
    }
    assertThat(settled).as("not settled before").contains(message);
    settled.forEach(open -> subscription.open().remove(open.number()));
    if (transaction != null) {
      requireNonNull(transactions.get(transaction)).add(new Settled(subscription, settled));
    }
  }

  void aborted(String transaction) {
    for (Settled settled : requireNonNull(transactions.remove(transaction))) {
      settled
          .messages()
          .forEach(message -> settled.subscription().open().put(message.number(), message));
    }
  }

  /** The connection is over; what was subscribed waits for its replay. */
  void over() {
    state = SessionState.DISCONNECTED;
    farewell = null;
    receipts.clear();
    overdue.clear();
    transactions.clear();
    subscriptions.forEach(
        (token, subscription) -> remembered.put(token, subscription.subscribed()));
    subscriptions.clear();
  }

  void isThatOf(Session session) {
    assertThat(session.state()).isEqualTo(state);
    assertThat(session.outstandingReceipts()).containsExactlyElementsOf(receipts);
    assertThat(session.openTransactions()).containsExactlyElementsOf(transactions.keySet());
    subscriptions.forEach(
        (token, subscription) ->
            assertThat(session.unacknowledged(token)).isEqualTo(subscription.open().size()));
  }
}
