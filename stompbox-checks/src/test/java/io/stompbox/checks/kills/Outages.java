package io.stompbox.checks.kills;

import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How long a client was without a connection. Told by one thread, asked by another. */
final class Outages implements Consumer<StateChange> {
  private final AtomicLong total = new AtomicLong();
  private long lost;

  @Override
  public void accept(StateChange change) {
    if (change.to() == ClientState.RECOVERING) {
      lost = System.nanoTime();
    } else if (change.from() == ClientState.RECOVERING) {
      total.addAndGet(System.nanoTime() - lost);
    }
  }

  /** In all, from each loss that was noticed to the next connection. */
  Duration total() {
    return Duration.ofNanos(total.get());
  }
}
