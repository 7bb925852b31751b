package io.stompbox.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it, for delays, heart-beats and deadlines without
 * waiting. Give both halves of it to whatever keeps time:
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * TimeSource time = TimeSource.of(clock::nanoTime, clock.timer());
 * StompClient client =
 *     StompClient.builder(uri).connect(ConnectOptions.defaults().with(time)).connect();
 * clock.awaitTask(Duration.ofMinutes(1), Duration.ofSeconds(5));
 * clock.advance(Duration.ofMinutes(1));
 * }</pre>
 *
 * <p>Tasks run on the thread that moves the time, in their order, each at its own time. Safe to
 * share between threads; other threads may ask for tasks while time moves.
 */
public final class ManualClock {
  private final Timer timer = new Timer();

  /** Tasks that have not run. Guarded by this. */
  private final List<Task> tasks = new ArrayList<>();

  /** Guarded by this. */
  private long now;

  /** Creates a clock that stands at zero. */
  public ManualClock() {}

  /** The time, in nanoseconds. */
  public synchronized long nanoTime() {
    return now;
  }

  /**
   * What runs tasks after a delay of this clock, each once; anything else is refused. It has no
   * thread, so there is nothing to shut down.
   */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /**
   * Moves time on, from task to task; what they ask for runs too if it is due by then. Returns when
   * the last one has run. One thread at a time moves it.
   */
  public void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    Task next = nextUntil(end);
    while (next != null) {
      next.run();
      next = nextUntil(end);
    }
    moveTo(end);
  }

  /** Takes the next task that is due at or before {@code end}, and moves time on to it. */
  private synchronized @Nullable Task nextUntil(long end) {
    tasks.removeIf(Task::isDone);
    Task next =
        tasks.stream()
            .filter(task -> task.at - end <= 0)
            .min(Comparator.comparingLong(task -> task.at - now))
            .orElse(null);
    if (next != null) {
      tasks.remove(next);
      moveTo(next.at);
    }
    return next;
  }

  private synchronized void moveTo(long time) {
    now += Math.max(0, time - now);
  }

  /** Whether a task is due within this time from now on. */
  public synchronized boolean hasTask(Duration within) {
    return tasks.stream().anyMatch(task -> !task.isDone() && task.at - now - within.toNanos() <= 0);
  }

  /**
   * Waits until a task is due within this time from now on, since other threads ask for theirs when
   * they come to it.
   *
   * @param limit how long to wait, in real time
   * @throws AssertionError if none is asked for in time
   */
  public synchronized void awaitTask(Duration within, Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    long left = limit.toNanos();
    while (!hasTask(within)) {
      if (left <= 0) {
        throw new AssertionError(
            "nothing is due within " + within + " of a clock at " + now + "ns");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = limit.toNanos() - (System.nanoTime() - start);
    }
  }

  private synchronized Task add(Runnable command, long nanos) {
    Task task = new Task(command, now + Math.max(0, nanos));
    tasks.add(task);
    notifyAll();
    return task;
  }

  /** An executor that never executes by itself; all tasks go to the clock. */
  private final class Timer extends ScheduledThreadPoolExecutor {
    Timer() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      return add(command, unit.toNanos(delay));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
      throw refused();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable command, long initialDelay, long period, TimeUnit unit) {
      throw refused();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable command, long initialDelay, long delay, TimeUnit unit) {
      throw refused();
    }

    private static UnsupportedOperationException refused() {
      return new UnsupportedOperationException(
          "a manual clock runs a Runnable once after a delay; it has nothing that returns or repeats");
    }
  }

  /** A task and when it is due. */
  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long at;

    Task(Runnable command, long at) {
      super(command, null);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
