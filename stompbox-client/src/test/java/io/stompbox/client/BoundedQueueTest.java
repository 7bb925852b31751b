package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a reader that waits for room goes on. */
class BoundedQueueTest {
  private static final int MOST = 80;
  private static final Bounds BOUNDS = Bounds.defaults().withIncoming(MOST, 1_000);

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
  private final Link link = UnstartedLink.epoch(1, outbox).link();
  private final BoundedQueue<String> queue =
      new BoundedQueue<>(BOUNDS, new InboundRoom(1_000_000), String::length);

  /** Puts an item from another thread, and returns when that waits for room. */
  private CompletableFuture<Boolean> reading(String item) {
    CompletableFuture<Boolean> added = new CompletableFuture<>();
    Thread reader = new Thread(() -> added.complete(queue.put(item, link)));
    reader.start();
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
    return added;
  }

  private void fill() {
    for (int i = 0; i < MOST; i++) {
      assertThat(queue.offer("x")).isTrue();
    }
    assertThat(queue.offer("y")).isFalse();
  }

  @Test
  void aReaderFindsTheRoomOfOneItemByItself() throws Exception {
    fill();
    CompletableFuture<Boolean> reading = reading("y");

    assertThat(queue.poll(any -> true)).isEqualTo("x");

    assertThat(reading.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(queue.size()).isEqualTo(MOST);
  }

  @Test
  void aReaderFindsTheRoomOfALargeItemByItself() throws Exception {
    String large = "x".repeat(999);
    assertThat(queue.offer("x")).isTrue();
    assertThat(queue.offer(large)).isTrue();
    CompletableFuture<Boolean> reading = reading("y");

    assertThat(queue.poll(any -> true)).isEqualTo("x");

    assertThat(reading.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aReaderThatIsInterruptedStillWaits() throws Exception {
    fill();
    CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              boolean isAdded = queue.put("y", link);
              wasInterrupted.complete(isAdded && Thread.currentThread().isInterrupted());
            });
    reader.start();
    reader.interrupt();
    // The wait has taken the interrupt.
    await().until(() -> !reader.isInterrupted());

    assertThat(queue.poll(any -> true)).isEqualTo("x");

    assertThat(wasInterrupted.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatWasBroughtIsSeenTogether() {
    assertThat(queue.bring("a")).isTrue();
    assertThat(queue.bring("b")).isTrue();
    assertThat(queue.size()).isZero();

    queue.show();

    assertThat(queue.copyOf(any -> true)).containsExactly("a", "b");
  }

  @Test
  void whatWasBroughtComesBeforeWhatIsOffered() {
    assertThat(queue.bring("a")).isTrue();
    assertThat(queue.offer("b")).isTrue();
    assertThat(queue.bring("c")).isTrue();
    queue.show();

    assertThat(queue.copyOf(any -> true)).containsExactly("a", "b", "c");
  }

  @Test
  void noMoreIsBroughtThanHasRoom() {
    for (int i = 0; i < MOST; i++) {
      assertThat(queue.bring("x")).isTrue();
    }
    assertThat(queue.bring("y")).isFalse();
    assertThat(queue.size()).isEqualTo(MOST);

    assertThat(queue.poll(any -> true)).isEqualTo("x");

    assertThat(queue.bring("y")).isTrue();
    assertThat(queue.bring("z")).isFalse();
  }

  @Test
  void noMoreOctetsAreBroughtThanHaveRoom() {
    assertThat(queue.bring("x".repeat(600))).isTrue();
    assertThat(queue.bring("x".repeat(401))).isFalse();
    assertThat(queue.bring("x".repeat(400))).isTrue();
    assertThat(queue.bring("x")).isFalse();
  }

  @Test
  void oneItemCanBeBroughtWhateverItsSize() {
    assertThat(queue.bring("x".repeat(2_000))).isTrue();
    assertThat(queue.bring("y")).isFalse();
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void whatWasBroughtBeforeTheEndAndNotShownGivesItsRoomBack() {
    InboundRoom room = new InboundRoom(1_000);
    BoundedQueue<String> ended = new BoundedQueue<>(BOUNDS, room, String::length);
    BoundedQueue<String> other = new BoundedQueue<>(BOUNDS, room, String::length);
    assertThat(ended.bring("x".repeat(1_000))).isTrue();
    ended.end();
    assertThat(other.bring("y")).as("beside what another holds").isFalse();

    ended.show();

    assertThat(ended.size()).isZero();
    assertThat(ended.bring("x")).as("after the end").isFalse();
    assertThat(other.bring("y")).isTrue();
  }
}
