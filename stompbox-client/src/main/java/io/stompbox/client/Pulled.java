package io.stompbox.client;

/** What came of waiting for a message of any subscription without a handler. */
sealed interface Pulled {
  /** A message. */
  record Message(Puller from, Delivery delivery) implements Pulled {}

  /** The broker sent an ERROR frame while a loop ran. */
  record BrokerError(BrokerErrorException error) implements Pulled {}

  /** None came in time. */
  record Nothing() implements Pulled {}

  /** The client is closed, so none will come. */
  record End() implements Pulled {}
}
