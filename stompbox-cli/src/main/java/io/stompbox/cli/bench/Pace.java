package io.stompbox.cli.bench;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Says when each message of one producer is due. At a fixed rate that is decided by the rate alone:
 * who is late does not shift the rest, so messages that had to wait show it in their latency (no
 * coordinated omission). Without a rate a message is due when its turn comes.
 *
 * <p>For one thread.
 */
final class Pace {
  private static final double NANOS = 1e9;

  private final LongSupplier clock;
  private final LongConsumer sleep;
  private final long first;

  /** 0 for as fast as possible. */
  private final double perSecond;

  /** How many messages have had their turn. */
  private long taken;

  /**
   * Creates one that has a rate for itself.
   *
   * @param sleep waits for so many nanoseconds, or less
   * @param first when the first message is due
   * @param perSecond messages a second; 0 for as fast as possible
   */
  Pace(LongSupplier clock, LongConsumer sleep, long first, double perSecond) {
    this.clock = clock;
    this.sleep = sleep;
    this.first = first;
    this.perSecond = perSecond;
  }

  /** Creates one that begins at {@code first}, on the clock and the thread of the machine. */
  static Pace real(long first, double perSecond) {
    return new Pace(System::nanoTime, LockSupport::parkNanos, first, perSecond);
  }

  /** Returns the share of one of {@code all} producers that together keep the rate, in turns. */
  Pace share(int index, int all) {
    long offset = perSecond == 0 ? 0 : (long) (index * NANOS / perSecond);
    return new Pace(clock, sleep, first + offset, perSecond / all);
  }

  /** When the next message is due; in the past for who is late. */
  long due() {
    return perSecond == 0 ? clock.getAsLong() : first + (long) (taken * NANOS / perSecond);
  }

  /** Waits until {@code due}, and takes the turn. */
  void take(long due) throws InterruptedException {
    taken++;
    for (long left = due - clock.getAsLong(); left > 0; left = due - clock.getAsLong()) {
      sleep.accept(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  long now() {
    return clock.getAsLong();
  }
}
