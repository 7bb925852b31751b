package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random queues that share their room, a reader that fills them and threads that take from them:
 * each item comes out once, no bound is passed, and in the end no room is held.
 */
@Timeout(60)
class BoundedQueueModelTest {
  private static final int TRIALS = 30;

  private final Link link =
      UnstartedLink.epoch(1, new Outbox(Bounds.defaults(), TimeSource.system())).link();
  private final ExecutorService takers = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    takers.shutdownNow();
  }

  @Test
  void itemsComeOutOnceAndTheirRoomComesBack() throws Exception {
    long first = System.nanoTime();
    for (long seed = first; seed < first + TRIALS; seed++) {
      Trial trial = new Trial(new Random(seed));
      List<Future<?>> taking = new ArrayList<>();
      for (Lane lane : trial.lanes) {
        taking.add(takers.submit(() -> lane.takeAll(trial.isRead)));
      }
      trial.read(link);
      for (Future<?> each : taking) {
        each.get(30, TimeUnit.SECONDS);
      }

      assertThat(trial.lanes).as("seed %d", seed).allSatisfy(Lane::assertWhole);
      assertThat(trial.room.tryAcquire(Long.MAX_VALUE))
          .as("seed %d: no room is held", seed)
          .isTrue();
    }
  }

  /** An item of a queue, which counts as many octets as it says. */
  private record Item(int number, int octets) {}

  /** Several queues, and what the reader does with them. */
  private static final class Trial {
    private final Random random;
    private final InboundRoom room;
    private final List<Lane> lanes;

    /** Whether all was read. */
    private final AtomicBoolean isRead = new AtomicBoolean();

    Trial(Random random) {
      this.random = random;
      this.room = new InboundRoom(upTo(20, 2000));
      Bounds bounds = Bounds.defaults().withIncoming(upTo(4, 100), upTo(10, 1000));
      this.lanes =
          IntStream.rangeClosed(0, random.nextInt(3))
              .mapToObj(any -> new Lane(bounds, room, new Random(random.nextLong())))
              .toList();
    }

    /** Small ones are as likely as all others. */
    private int upTo(int small, int large) {
      return 1 + random.nextInt(random.nextBoolean() ? small : large);
    }

    private Lane anyLane() {
      return lanes.get(random.nextInt(lanes.size()));
    }

    void read(Link link) {
      Lane lane = anyLane();
      for (int i = random.nextInt(100); i >= 0; i--) {
        if (random.nextInt(6) == 0) {
          lane.show();
          lane = anyLane();
        }
        lane.add(random, link);
      }
      lane.show();
      isRead.set(true);
    }
  }

  /** A queue, as the reader and one that takes items use it. */
  private static final class Lane {
    private final Bounds bounds;
    private final BoundedQueue<Item> queue;

    /** What is taken by chance. Touched by the thread that takes. */
    private final Random random;

    private final boolean mayEnd;

    /** How many were added. Touched by the reader. */
    private int added;

    /** Numbers of items, in the order in which they were taken. */
    private final List<Integer> taken = new ArrayList<>();

    Lane(Bounds bounds, InboundRoom room, Random random) {
      this.bounds = bounds;
      this.queue = new BoundedQueue<>(bounds, room, Item::octets);
      this.random = random;
      this.mayEnd = random.nextInt(4) == 0;
    }

    void show() {
      queue.show();
      queue.wake();
    }

    void add(Random by, Link link) {
      int most = (int) bounds.incomingOctets();
      int octets = by.nextInt(20) == 0 ? most + 3 : by.nextInt(1 + Math.min(most, 20));
      Item item = new Item(added, octets);
      boolean isAdded = by.nextInt(10) == 0 ? queue.offer(item) : queue.bring(item);
      if (!isAdded && !queue.hasEnded()) {
        show();
        isAdded = queue.put(item, link);
        assertThat(isAdded || queue.hasEnded()).isTrue();
      }
      added++;
    }

    @Nullable Void takeAll(AtomicBoolean isRead) throws InterruptedException {
      boolean isOver;
      do {
        isOver = isRead.get();
        assertInBounds();
        disturb();
      } while (takeOne() || !isOver);
      return null;
    }

    private boolean takeOne() throws InterruptedException {
      Item item = queue.poll(TimeUnit.MILLISECONDS.toNanos(1));
      if (item != null) {
        taken.add(item.number());
      }
      return item != null;
    }

    /** One item is never too large. */
    private void assertInBounds() {
      List<Item> waiting = queue.copyOf(any -> true);
      assertThat(waiting.size()).isLessThanOrEqualTo(bounds.incomingMessages());
      assertThat(waiting.stream().skip(1).mapToLong(Item::octets).sum())
          .isLessThanOrEqualTo(bounds.incomingOctets());
    }

    private void disturb() {
      switch (random.nextInt(200)) {
        case 0 -> {
          queue.pause();
          assertThat(queue.poll(any -> true)).isNull();
          queue.resume();
        }
        case 1 -> queue.removeIf(Lane::isEven).forEach(item -> taken.add(item.number()));
        case 2 -> endIfItMay();
        default -> {}
      }
    }

    private static boolean isEven(Item item) {
      return item.number() % 2 == 0;
    }

    private void endIfItMay() {
      if (mayEnd) {
        queue.end();
        queue.removeIf(any -> true);
      }
    }

    void assertWhole() {
      if (queue.hasEnded()) {
        assertThat(queue.size()).isZero();
        assertThat(taken).doesNotHaveDuplicates();
      } else {
        assertThat(taken.stream().sorted())
            .containsExactlyElementsOf(IntStream.range(0, added).boxed().toList());
      }
    }
  }
}
