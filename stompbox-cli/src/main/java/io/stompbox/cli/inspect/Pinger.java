package io.stompbox.cli.inspect;

import io.stompbox.client.Connection;
import java.time.Duration;

/** Asks a broker for receipts that cost it nothing. Not safe to share between threads. */
final class Pinger {
  private final Connection connection;
  private final Duration limit;
  private int transactions;

  Pinger(Connection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** Begins a transaction, waits for the receipt, and aborts it. */
  Duration roundTrip() throws InterruptedException {
    transactions++;
    String transaction = "ping-" + transactions;
    long start = System.nanoTime();
    connection.sendConfirmed(connection.commands().begin(transaction)).await(limit);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    connection.send(connection.commands().abort(transaction));
    return taken;
  }
}
