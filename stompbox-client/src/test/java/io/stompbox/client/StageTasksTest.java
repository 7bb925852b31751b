package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Threads and the passing of time are queues here, whose tasks the test runs. */
class StageTasksTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final StageTasks tasks = new StageTasks(threads::add, later::add);

  @Test
  void tasksThatComeTogetherRunOnOneThreadInTheirOrder() {
    tasks.execute(() -> done.add("a"));
    tasks.execute(() -> done.add("b"));
    tasks.execute(() -> done.add("c"));
    assertThat(threads).hasSize(1);
    assertThat(done).isEmpty();

    threads.remove().run();

    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  void whatComesAfterAllHasRunGetsAThread() {
    tasks.execute(() -> done.add("a"));
    threads.remove().run();
    tasks.execute(() -> done.add("b"));
    threads.remove().run();

    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void aTaskThatTakesItsTimeHoldsUpNoneBehindIt() {
    tasks.execute(
        () -> {
          done.add("slow begins");
          // While it waits for something, time passes, and somebody else's thread begins.
          later.remove().run();
          threads.remove().run();
          done.add("slow ends");
        });
    tasks.execute(() -> done.add("b"));
    tasks.execute(() -> done.add("c"));

    later.remove().run();
    assertThat(threads).as("the first has not begun, so there is another").hasSize(2);
    threads.remove().run();

    assertThat(done).containsExactly("slow begins", "b", "c", "slow ends");
  }

  @Test
  void whatComesBehindATaskThatTakesItsTimeIsWatchedToo() {
    tasks.execute(
        () -> {
          tasks.execute(() -> done.add("b"));
          later.remove().run();
          threads.remove().run();
          done.add("slow ends");
        });

    threads.remove().run();

    assertThat(done).containsExactly("b", "slow ends");
  }

  @Test
  void threadsThatDoNotComeAreAskedForEverMoreRarely() {
    tasks.execute(() -> done.add("a"));
    tasks.execute(() -> done.add("b"));
    for (int i = 0; i < 1000; i++) {
      later.remove().run();
    }

    assertThat(threads).as("the first, and one for each power of two").hasSize(11);
    threads.forEach(Runnable::run);
    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void whereTasksFollowQuicklyTheLookStartsNoOther() {
    tasks.execute(() -> done.add("a"));
    tasks.execute(() -> done.add("b"));
    threads.remove().run();
    later.remove().run();

    assertThat(done).containsExactly("a", "b");
    assertThat(threads).isEmpty();
    assertThat(later).as("there is nothing to look for").isEmpty();
  }

  @Test
  void onceClosedTheCallersThreadRunsThem() {
    StageTasks closed =
        new StageTasks(
            task -> {
              throw new RejectedExecutionException("closed");
            },
            later::add);

    closed.execute(() -> done.add("a"));

    assertThat(done).containsExactly("a");
  }

  @Test
  void aTaskThatFailsLeavesTheOthers() {
    tasks.execute(
        () -> {
          throw new IllegalStateException("fails");
        });
    tasks.execute(() -> done.add("b"));
    assertThatThrownBy(() -> threads.remove().run()).hasMessage("fails");

    tasks.execute(() -> done.add("c"));
    threads.remove().run();

    assertThat(done).containsExactly("b", "c");
  }
}
