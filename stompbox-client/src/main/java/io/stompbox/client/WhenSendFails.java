package io.stompbox.client;

/** What a {@link MessageSink} does when a message was not confirmed for good. */
public enum WhenSendFails {
  /**
   * Cancels its upstream; its stage fails with the cause once all other messages that it has sent
   * are decided. The default.
   */
  CANCEL,
  /** Counts the failure and goes on. */
  CONTINUE
}
