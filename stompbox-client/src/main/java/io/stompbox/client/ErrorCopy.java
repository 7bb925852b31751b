package io.stompbox.client;

import io.stompbox.protocol.frame.Headers;
import java.util.Locale;
import java.util.Set;

/** Copies of messages whose handler threw, as {@link ErrorPolicy.Forward} describes them. */
final class ErrorCopy {
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

  /** Characters of what the handler threw: brokers limit the length of a header. */
  private static final int MOST = 1000;

  private ErrorCopy() {}

  static Outgoing of(Delivery delivery, String destination, Throwable cause) {
    // What a listener made of it comes about again when the copy is received.
    Headers headers = delivery.original().headers();
    Outgoing copy = Outgoing.to(destination).persistent().with(delivery.original().body());
    copy = copy.header("message-failed", onOneLine(cause));
    copy = copy.header("original-destination", delivery.destination());
    copy = copy.header("original-message-id", headers.value("message-id").orElse(""));
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i).toLowerCase(Locale.ROOT);
      if (!OF_THE_DELIVERY.contains(name) && !OF_THE_QUEUE.contains(name)) {
        copy = copy.header(headers.name(i), headers.value(i));
      }
    }
    return copy;
  }

  private static String onOneLine(Throwable cause) {
    String text = cause.toString().replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() > MOST ? text.substring(0, MOST) + "..." : text;
  }
}
