package io.stompbox.cli.shell;

import io.stompbox.client.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that wait for an acknowledgement, oldest first. Safe to share between threads. */
final class OpenMessages {
  private final int most;
  private final List<Delivery> messages = new ArrayList<>();

  OpenMessages(int most) {
    this.most = most;
  }

  /** Adds a message, in place of an earlier copy; false if there is no room for one more. */
  synchronized boolean add(Delivery message) {
    messages.removeIf(
        other -> other.subscription() == message.subscription() && id(other).equals(id(message)));
    messages.add(message);
    return messages.size() < most;
  }

  /**
   * Returns the message with this id, be it that of the message or that of its acknowledgement.
   *
   * @param subscription the id of its subscription; null for any
   */
  synchronized Optional<Delivery> find(String id, @Nullable String subscription) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      Delivery message = messages.get(i);
      boolean isMeant =
          id.equals(message.headers().get("ack")) || id.equals(message.headers().get("message-id"));
      if (isMeant && (subscription == null || subscription.equals(message.subscription().id()))) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  /** Returns the messages of its subscription up to this one. */
  synchronized List<Delivery> upTo(Delivery last) {
    return messages.subList(0, messages.indexOf(last) + 1).stream()
        .filter(message -> message.subscription() == last.subscription())
        .toList();
  }

  /** Forgets a message; false if it was not there. */
  synchronized boolean remove(Delivery message) {
    return messages.remove(message);
  }

  /** Forgets the messages of a subscription. */
  synchronized void removeAll(String subscription) {
    messages.removeIf(message -> message.subscription().id().equals(subscription));
  }

  /** The ids that acknowledgements need, oldest first. */
  synchronized List<String> ids() {
    return messages.stream().map(OpenMessages::id).toList();
  }

  /** Returns the id that an acknowledgement needs: STOMP 1.2 has one for it. */
  static String id(Delivery message) {
    String id = message.headers().get("ack");
    return id != null ? id : message.headers().value("message-id").orElse("");
  }
}
