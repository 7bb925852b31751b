package io.stompbox.cli.message;

import io.stompbox.client.AckResult;
import java.util.concurrent.atomic.AtomicLong;

/** How far messages have come between two brokers. Safe to share between threads. */
final class PipeTally {
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong forwarded = new AtomicLong();
  private final AtomicLong confirmed = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();

  void received() {
    received.incrementAndGet();
  }

  /** Sent, again or for the first time. */
  void forwarded() {
    forwarded.incrementAndGet();
  }

  void confirmed() {
    confirmed.incrementAndGet();
  }

  /** The source was told, or could not be, as the connection that brought the message is gone. */
  void settled(AckResult result) {
    if (result != AckResult.STALE) {
      acknowledged.incrementAndGet();
    }
  }

  long messagesReceived() {
    return received.get();
  }

  long messagesAcknowledged() {
    return acknowledged.get();
  }

  @Override
  public String toString() {
    return "received %d, forwarded %d, confirmed %d, acknowledged %d"
        .formatted(received.get(), forwarded.get(), confirmed.get(), acknowledged.get());
  }
}
