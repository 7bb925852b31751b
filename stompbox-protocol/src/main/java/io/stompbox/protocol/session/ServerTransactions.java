package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The open transactions of a client and what they hold back until COMMIT. */
final class ServerTransactions {
  private final ServerLimits limits;
  private final Map<String, List<Held>> open = new LinkedHashMap<>();

  /** Frames in all of them. */
  private int heldFrames;

  /** Octets of these frames, about. */
  private long heldOctets;

  /** What one frame will do. */
  private record Held(ServerEvent event, long octets) {}

  ServerTransactions(ServerLimits limits) {
    this.limits = limits;
  }

  /** Returns the ids of those that are open, oldest first. */
  List<String> ids() {
    return List.copyOf(open.keySet());
  }

  void begin(String id) {
    if (open.containsKey(id)) {
      throw refusal("the transaction '" + id + "' is open already");
    }
    if (open.size() >= limits.transactions()) {
      throw refusal("more than " + limits.transactions() + " transactions can't be open");
    }
    open.put(id, new ArrayList<>());
  }

  /** Complains if there is no such transaction, or no room for one more frame. */
  void checkRoom(String id, Frame frame) {
    work(id);
    if (heldFrames >= limits.heldFrames()) {
      throw refusal("open transactions can't hold more than " + limits.heldFrames() + " frames");
    }
    if (size(frame) > limits.heldOctets() - heldOctets) {
      throw refusal("open transactions can't hold more than " + limits.heldOctets() + " octets");
    }
  }

  void add(String id, Frame frame, ServerEvent event) {
    Held held = new Held(event, size(frame));
    work(id).add(held);
    heldFrames++;
    heldOctets += held.octets();
  }

  /** Ends a transaction and returns what it held back. */
  List<ServerEvent> end(String id) {
    List<Held> work = work(id);
    open.remove(id);
    heldFrames -= work.size();
    heldOctets -= work.stream().mapToLong(Held::octets).sum();
    return work.stream().map(Held::event).toList();
  }

  /** Whether one of them holds an acknowledgement or a refusal of this message. */
  boolean settles(SubscriptionToken subscription, String messageId) {
    return open.values().stream()
        .flatMap(List::stream)
        .flatMap(held -> settled(held.event()).stream())
        .anyMatch(
            delivery ->
                delivery.messageId().equals(messageId)
                    && delivery.subscription().equals(subscription));
  }

  /** Returns the messages that an acknowledgement or a refusal covers. */
  static List<ServerDelivery> settled(ServerEvent held) {
    if (held instanceof ServerEvent.Acknowledged acknowledged) {
      return acknowledged.deliveries();
    }
    return held instanceof ServerEvent.Refused refused ? refused.deliveries() : List.of();
  }

  private List<Held> work(String id) {
    List<Held> work = open.get(id);
    if (work == null) {
      throw refusal("the transaction '" + id + "' is not open; open are " + open.keySet());
    }
    return work;
  }

  private static ProtocolException refusal(String message) {
    return new ProtocolException(Fault.UNEXPECTED_FRAME, message);
  }

  private static long size(Frame frame) {
    long size = frame.body().size();
    for (int i = 0; i < frame.headers().size(); i++) {
      size += frame.headers().name(i).length() + frame.headers().value(i).length();
    }
    return size;
  }
}
