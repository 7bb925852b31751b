package io.stompbox.testkit;

import io.stompbox.protocol.session.SubscriptionToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The messages for one destination, and who takes them. */
final class MessageQueue {
  /** By number, so that a message that comes back takes its old place. */
  private final NavigableMap<Long, QueuedMessage> waiting = new TreeMap<>();

  /** Whose turn it is comes first. */
  private final Deque<Consumer> consumers = new ArrayDeque<>();

  /** A subscription of a connection. */
  record Consumer(BrokerConnection connection, SubscriptionToken token) {}

  boolean isUnused() {
    return waiting.isEmpty() && consumers.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  void add(QueuedMessage message) {
    waiting.put(message.number(), message);
  }

  void add(Consumer consumer) {
    consumers.add(consumer);
  }

  void remove(Consumer consumer) {
    consumers.remove(consumer);
  }

  /** Gives each message to the next subscription that can take one, as long as there is one. */
  void giveOut(BiConsumer<Consumer, QueuedMessage> taker) {
    while (!waiting.isEmpty()) {
      Optional<Consumer> next = next();
      if (next.isEmpty()) {
        return;
      }
      taker.accept(next.get(), waiting.pollFirstEntry().getValue());
    }
  }

  private Optional<Consumer> next() {
    for (int i = 0; i < consumers.size(); i++) {
      Consumer consumer = consumers.removeFirst();
      consumers.addLast(consumer);
      if (consumer.connection().hasRoom()) {
        return Optional.of(consumer);
      }
    }
    return Optional.empty();
  }
}
