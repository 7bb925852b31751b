package io.stompbox.protocol.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The messages of one subscription that wait for their acknowledgement. */
final class ServerDeliveries {
  private final boolean cumulative;

  /** By number, which is the order in which they were given out. */
  private final NavigableMap<Long, ServerDelivery> waiting = new TreeMap<>();

  /** Their numbers, by message-id. */
  private final Map<String, Long> numbers = new HashMap<>();

  /**
   * Creates one without messages.
   *
   * @param cumulative whether an acknowledgement covers all messages before it
   */
  ServerDeliveries(boolean cumulative) {
    this.cumulative = cumulative;
  }

  int size() {
    return waiting.size();
  }

  boolean has(String messageId) {
    return numbers.containsKey(messageId);
  }

  void add(ServerDelivery delivery) {
    waiting.put(delivery.number(), delivery);
    numbers.put(delivery.messageId(), delivery.number());
  }

  Optional<ServerDelivery> find(String messageId) {
    return Optional.ofNullable(numbers.get(messageId)).map(waiting::get);
  }

  Optional<ServerDelivery> find(long number) {
    return Optional.ofNullable(waiting.get(number));
  }

  /** Takes out a message that waits, and all before it if acknowledgements are cumulative. */
  List<ServerDelivery> take(ServerDelivery last) {
    long first = cumulative ? 0 : last.number();
    return takeAll(waiting.subMap(first, true, last.number(), true));
  }

  /** Takes out all messages. */
  List<ServerDelivery> takeAll() {
    return takeAll(waiting);
  }

  private List<ServerDelivery> takeAll(NavigableMap<Long, ServerDelivery> range) {
    List<ServerDelivery> taken = List.copyOf(range.values());
    range.clear();
    taken.forEach(delivery -> numbers.remove(delivery.messageId()));
    return taken;
  }
}
