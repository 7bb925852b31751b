package io.stompbox.client;

/** Processes the messages of a subscription, one after the other. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Processes one message. Runs on the client's handler executor; may block, send, acknowledge and
   * close. What it throws is handled as {@link Acknowledgement} says.
   */
  void onMessage(Delivery delivery) throws Exception;
}
