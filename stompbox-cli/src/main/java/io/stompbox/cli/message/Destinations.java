package io.stompbox.cli.message;

import io.stompbox.cli.process.Failure;

/** What can be said of destinations without a broker. */
final class Destinations {
  private Destinations() {}

  /**
   * Returns a destination as it is.
   *
   * @throws Failure if it is blank, as an empty variable of a script is
   */
  static String check(String destination) {
    if (destination.isBlank()) {
      throw Failure.usage("the destination is blank; name one such as /queue/orders");
    }
    return destination;
  }
}
