package io.stompbox.checks.conformance.websocket;

/** One step of a case. */
@FunctionalInterface
interface Step {
  /**
   * Does or checks something.
   *
   * @throws io.stompbox.checks.conformance.kit.Mismatch if it does not see what it must see
   */
  void play(Conversation conversation) throws InterruptedException;
}
