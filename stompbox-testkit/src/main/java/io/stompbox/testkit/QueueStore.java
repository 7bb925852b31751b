package io.stompbox.testkit;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.ServerDelivery;
import io.stompbox.testkit.MessageQueue.Consumer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All queues of a {@link QueueBroker}, and the messages that were given out. Guarded by it. */
final class QueueStore {
  private final QueueBrokerOptions options;
  private final Map<String, MessageQueue> queues = new HashMap<>();

  /** What waits for its acknowledgement, by message-id. */
  private final Map<String, QueuedMessage> givenOut = new HashMap<>();

  /** Destinations whose queues may have something to give out. */
  private final Set<String> touched = new LinkedHashSet<>();

  /** Messages in all queues and in {@link #givenOut}. */
  private int messages;

  /** Octets of their bodies. */
  private long octets;

  /** The number of the last message. */
  private long numbers;

  QueueStore(QueueBrokerOptions options) {
    this.options = options;
  }

  int waiting(String destination) {
    MessageQueue queue = queues.get(destination);
    return queue == null ? 0 : queue.size();
  }

  int givenOut() {
    return givenOut.size();
  }

  boolean hasRoomFor(List<Frame> frames) {
    long size = frames.stream().mapToLong(frame -> frame.body().size()).sum();
    return frames.size() <= options.messages() - messages && size <= options.octets() - octets;
  }

  void put(Frame source) {
    numbers++;
    messages++;
    octets += source.body().size();
    put(new QueuedMessage(numbers, source));
  }

  private void put(QueuedMessage message) {
    String destination = message.destination();
    queue(destination).add(message);
    touched.add(destination);
  }

  private MessageQueue queue(String destination) {
    return queues.computeIfAbsent(destination, any -> new MessageQueue());
  }

  void subscribe(String destination, Consumer consumer) {
    queue(destination).add(consumer);
    touched.add(destination);
  }

  void unsubscribe(String destination, Consumer consumer) {
    queue(destination).remove(consumer);
    touched.add(destination);
  }

  /** The queue of this destination may have a subscription that can take more. */
  void touch(String destination) {
    touched.add(destination);
  }

  /** Puts messages back into their queues, at their old places. */
  void release(List<ServerDelivery> deliveries) {
    deliveries.forEach(delivery -> put(take(delivery).redelivered()));
  }

  /** Forgets messages that were processed. */
  void settle(List<ServerDelivery> deliveries) {
    deliveries.forEach(delivery -> forget(take(delivery)));
  }

  /** Moves messages that are not wanted to where they can be looked at; from there, away. */
  void bury(List<ServerDelivery> deliveries) {
    for (ServerDelivery delivery : deliveries) {
      QueuedMessage message = take(delivery);
      if (message.destination().equals(QueueBroker.DEAD_LETTERS)) {
        forget(message);
      } else {
        put(message.movedTo(QueueBroker.DEAD_LETTERS));
      }
    }
  }

  private QueuedMessage take(ServerDelivery delivery) {
    QueuedMessage message = givenOut.remove(delivery.messageId());
    if (message == null) {
      throw new AssertionError("a message was settled that was not given out: " + delivery);
    }
    return message;
  }

  private void forget(QueuedMessage message) {
    messages--;
    octets -= message.source().body().size();
  }

  /** Gives out what can be given out. */
  void giveOut() {
    for (String destination : List.copyOf(touched)) {
      MessageQueue queue = queue(destination);
      queue.giveOut(this::giveOut);
      if (queue.isUnused()) {
        queues.remove(destination);
      }
    }
    touched.clear();
  }

  private void giveOut(Consumer consumer, QueuedMessage message) {
    if (consumer.connection().deliver(consumer.token(), message)) {
      givenOut.put(message.id(), message);
    } else {
      forget(message);
    }
  }
}
