package io.stompbox.client;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Time that stands still until a test moves it; tasks run on the thread that does. */
final class ManualTime extends ScheduledThreadPoolExecutor {
  private final AtomicLong now = new AtomicLong();
  private final List<Task> tasks = new CopyOnWriteArrayList<>();

  ManualTime() {
    super(0);
  }

  TimeSource source() {
    return TimeSource.of(now::get, this);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Task task = new Task(command, now.get() + unit.toNanos(delay));
    tasks.add(task);
    return task;
  }

  /** Whether something is due at or before this time from now. */
  boolean hasTaskWithin(long nanos) {
    return tasks.stream().anyMatch(task -> !task.isDone() && task.at - now.get() <= nanos);
  }

  /** Moves time on, in steps from task to task. */
  void advance(long nanos) {
    long end = now.get() + nanos;
    Task next = nextUntil(end);
    while (next != null) {
      now.set(Math.max(now.get(), next.at));
      tasks.remove(next);
      next.run();
      next = nextUntil(end);
    }
    now.set(end);
  }

  private @Nullable Task nextUntil(long end) {
    tasks.removeIf(Task::isDone);
    return tasks.stream()
        .filter(task -> task.at <= end)
        .min(Comparator.comparingLong(task -> task.at))
        .orElse(null);
  }

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long at;

    Task(Runnable command, long at) {
      super(command, null);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - now.get(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
