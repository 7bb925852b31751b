package io.stompbox.client;

/** Subscriptions without a client, for tests that bring their messages themselves. */
final class UnconnectedSubscriptions {
  private UnconnectedSubscriptions() {}

  static Subscriptions of(Outbox outbox) {
    return of(new Requests(outbox, new Receipts(Runnable::run), Timeouts.defaults()));
  }

  static Subscriptions of(Requests requests) {
    return new Subscriptions(
        requests,
        Bounds.defaults(),
        new BodyStore(LargeBodies.NONE),
        Runnable::run,
        copy -> {
          throw new AssertionError("nothing is forwarded: " + copy);
        });
  }
}
