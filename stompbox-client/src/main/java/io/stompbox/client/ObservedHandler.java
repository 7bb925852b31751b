package io.stompbox.client;

/** A handler of the program's, and around it what listeners change and observers are told. */
record ObservedHandler(MessageHandler handler, Observation observation) implements MessageHandler {
  @Override
  public void onMessage(Delivery delivery) throws Exception {
    if (!observation.isOn()) {
      handler.onMessage(delivery);
      return;
    }
    observation.delivering(delivery);
    long start = System.nanoTime();
    Throwable failure = null;
    try {
      handler.onMessage(delivery);
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      observation.handled(delivery, System.nanoTime() - start, failure);
    }
  }
}
