package io.stompbox.checks.kills;

import io.stompbox.checks.interop.KillableBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;

/**
 * Kills a broker whenever a count reaches one of its moments, and starts it again at once. After
 * {@link #close()} it leaves the broker alone.
 */
final class Killer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(1);

  /** How long the count may take from one moment to the next, and the broker to come back. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final KillableBroker broker;
  private final IntSupplier count;
  private final CompletableFuture<Void> done;

  /** Set by whoever wants no more kills. */
  private volatile boolean closing;

  /** Kills that are over. Written by the killing thread, read when it is done. */
  private int kills;

  /** Nanoseconds without a broker. As {@link #kills}. */
  private long down;

  private Killer(KillableBroker broker, IntSupplier count, List<Integer> moments) {
    this.broker = broker;
    this.count = count;
    this.done = CompletableFuture.runAsync(() -> killAll(moments), Killer::start);
  }

  /** Starts to watch the count. */
  static Killer start(KillableBroker broker, IntSupplier count, List<Integer> moments) {
    return new Killer(broker, count, moments);
  }

  private static void start(Runnable work) {
    new Thread(work, "stompbox-script-killer").start();
  }

  private void killAll(List<Integer> moments) {
    for (int moment : moments) {
      Awaitility.await("message " + moment + ", at which the broker is killed")
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> closing || count.getAsInt() >= moment);
      if (closing) {
        return;
      }
      long killed = System.nanoTime();
      broker.kill();
      broker.startAgain();
      down += System.nanoTime() - killed;
      kills++;
    }
  }

  /**
   * Waits until the last kill is over.
   *
   * @throws IllegalStateException if one of them failed
   */
  void await() throws InterruptedException {
    try {
      done.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker was not killed as planned: " + e.getMessage(), e);
    }
  }

  /** How often the broker was killed; to be asked after {@link #await()}. */
  int kills() {
    return kills;
  }

  /** How long there was no broker, in all; to be asked after {@link #await()}. */
  Duration down() {
    return Duration.ofNanos(down);
  }

  /** Stops watching; waits for a kill that is under way, whatever becomes of it. */
  @Override
  public void close() {
    closing = true;
    done.handle((nothing, failure) -> null).join();
  }
}
