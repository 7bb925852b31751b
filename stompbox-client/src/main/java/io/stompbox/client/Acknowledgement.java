package io.stompbox.client;

/** When the messages of a subscription are acknowledged, and by whom. */
public enum Acknowledgement {
  /**
   * Each message by itself, after it was processed: when the handler returns, or when the next
   * message is asked for. What becomes of a message whose handler throws is the choice of {@link
   * ErrorPolicy}. On the wire: {@code client-individual}. The default.
   */
  AFTER_PROCESSING("client-individual"),
  /** By the program: {@link Delivery#ack()} and {@link Delivery#nack()}, each message by itself. */
  MANUAL("client-individual"),
  /**
   * After processing as {@link #AFTER_PROCESSING}, several at a time: an ACK covers all earlier
   * messages of the subscription, so it waits for those whose processing has not ended. Less
   * traffic; after a loss more messages come again. A message that can't be refused, because its
   * handler threw in STOMP 1.0, keeps later ones unacknowledged until the connection ends. On the
   * wire: {@code client}.
   */
  BATCHED("client"),
  /**
   * By the broker, when it sends a message. What is on its way to the program when the connection
   * or the process dies is lost: with ActiveMQ, Artemis and RabbitMQ all of it. On the wire: {@code
   * auto}.
   */
  BROKER("auto");

  private final String mode;

  Acknowledgement(String mode) {
    this.mode = mode;
  }

  /** The value of the ack header of SUBSCRIBE. */
  public String mode() {
    return mode;
  }
}
