package io.stompbox.cli.inspect;

import io.stompbox.client.Connection;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.Frame;
import java.time.Duration;
import java.util.Optional;

/** What comes on a connection with one subscription. */
final class Mailbox {
  private final Connection connection;
  private final Duration limit;

  Mailbox(Connection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** Waits for a message that must come; empty if it does not. */
  Optional<Frame> next() throws InterruptedException {
    return next(limit);
  }

  /** Waits for a message that may come. */
  Optional<Frame> nextSoon() throws InterruptedException {
    return next(ProbedBroker.QUIET);
  }

  private Optional<Frame> next(Duration time) throws InterruptedException {
    try {
      Optional<Frame> frame = connection.receive(time);
      if (frame.isEmpty()) {
        throw new ConnectionLostException("the broker closed the connection", Sent.UNKNOWN);
      }
      return frame;
    } catch (StompTimeoutException nothing) {
      return Optional.empty();
    }
  }

  void ack(Frame message) throws InterruptedException {
    connection.sendConfirmed(connection.commands().ack(message)).await(limit);
  }

  void nack(Frame message) throws InterruptedException {
    connection.sendConfirmed(connection.commands().nack(message)).await(limit);
  }

  /** Takes what is there until nothing more comes. */
  void skipAll() throws InterruptedException {
    while (nextSoon().isPresent()) {
      // What the broker sends is acknowledged by itself.
    }
  }
}
