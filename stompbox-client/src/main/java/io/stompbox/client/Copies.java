package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.util.Locale;
import java.util.Set;

/** Copies of received messages, without what belongs to the delivery or its queue. */
final class Copies {
  /** What belongs to one delivery or its connection, or would end the copy with the original. */
  private static final Set<String> OF_THE_DELIVERY =
      Set.of(
          "destination",
          "subscription",
          "message-id",
          "ack",
          "redelivered",
          "receipt",
          "transaction",
          "content-length",
          "expires",
          "expiration",
          "persistent",
          "message-failed",
          "original-destination",
          "original-message-id",
          "_amq_dupl_id");

  /**
   * RabbitMQ repeats in each message how its queue was declared, and refuses a SEND that declares
   * another queue differently.
   */
  private static final Set<String> OF_THE_QUEUE =
      Set.of(
          "durable",
          "auto-delete",
          "exclusive",
          "x-queue-name",
          "x-queue-type",
          "x-message-ttl",
          "x-expires",
          "x-max-length",
          "x-max-length-bytes",
          "x-max-priority",
          "x-overflow",
          "x-dead-letter-exchange",
          "x-dead-letter-routing-key",
          "x-stream-offset");

  /** What the sender asked of the broker for the first message. */
  private static final Set<String> OF_THE_SEND = Set.of("timestamp", "priority");

  /** Characters of what the handler threw: brokers limit the length of a header. */
  private static final int MOST = 1000;

  private Copies() {}

  /** Returns a copy as {@link Delivery#forwardTo} describes it. */
  static Outgoing forwarded(Frame message, String destination) {
    Outgoing start = Outgoing.to(destination).persistent();
    return copy(message, start, OF_THE_SEND);
  }

  /** Returns a copy for a message whose handler threw, as {@link ErrorPolicy.Forward} says. */
  static Outgoing failed(Delivery delivery, String destination, Throwable cause) {
    String id = delivery.headers().value("message-id").orElse("");
    Outgoing start =
        Outgoing.to(destination)
            .persistent()
            .header("message-failed", onOneLine(cause))
            .header("original-destination", delivery.destination())
            .header("original-message-id", id);
    // What a listener made of it comes about again when the copy is received.
    StoredBody body = delivery.stored();
    Outgoing copy = copy(delivery.original(), start, Set.of());
    return body.isNone() ? copy : copy.body(body.source());
  }

  private static Outgoing copy(Frame message, Outgoing start, Set<String> without) {
    Headers headers = message.headers();
    Outgoing copy = start.with(message.body());
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i).toLowerCase(Locale.ROOT);
      if (!OF_THE_DELIVERY.contains(name)
          && !OF_THE_QUEUE.contains(name)
          && !without.contains(name)) {
        copy = copy.header(headers.name(i), headers.value(i));
      }
    }
    return copy;
  }

  private static String onOneLine(Throwable cause) {
    String text = HandlerErrors.text(cause).replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() > MOST ? text.substring(0, MOST) + "..." : text;
  }
}
