package io.stompbox.checks.kills;

import static org.awaitility.Awaitility.await;

import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How long a client was without a connection. Told by one thread, asked by another. */
final class Outages implements Consumer<StateChange> {
  private static final Duration POLL = Duration.ofMillis(1);

  private final AtomicLong total = new AtomicLong();
  private final AtomicInteger losses = new AtomicInteger();
  private long lost;

  @Override
  public void accept(StateChange change) {
    if (change.to() == ClientState.RECOVERING) {
      lost = System.nanoTime();
      losses.incrementAndGet();
    } else if (change.from() == ClientState.RECOVERING) {
      total.addAndGet(System.nanoTime() - lost);
    }
  }

  /** Waits until the client has noticed this many losses in all. */
  void awaitLosses(int count) {
    await("loss " + count)
        .atMost(Scene.LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(() -> losses.get() >= count);
  }

  /** In all, from each loss that was noticed to the next connection. */
  Duration total() {
    return Duration.ofNanos(total.get());
  }
}
