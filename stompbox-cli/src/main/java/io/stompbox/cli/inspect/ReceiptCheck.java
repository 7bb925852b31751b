package io.stompbox.cli.inspect;

import io.stompbox.client.Connection;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Headers;
import java.time.Duration;

/**
 * How long receipts take, message by message.
 *
 * @param count how many messages of each kind
 */
record ReceiptCheck(int count) implements Check {
  @Override
  public Finding run(ProbedBroker broker) throws InterruptedException {
    try (Connection connection = broker.open()) {
      String queue = broker.queue("receipts");
      Times stored = measure(broker, connection, queue, Headers.of("persistent", "true"));
      Times passing = measure(broker, connection, queue, Headers.empty());
      return Finding.ok(
          "of %d each: persistent %s, else %s".formatted(count, shown(stored), shown(passing)));
    }
  }

  private Times measure(ProbedBroker broker, Connection connection, String queue, Headers headers)
      throws InterruptedException {
    Times times = new Times();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      broker.send(connection, queue, Body.of("x"), headers);
      times.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return times;
  }

  private static String shown(Times times) {
    return "median %s ms, max %s ms"
        .formatted(PingReport.millis(times.median()), PingReport.millis(times.max()));
  }
}
