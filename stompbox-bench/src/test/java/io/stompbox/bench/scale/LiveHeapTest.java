package io.stompbox.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.invariants.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
  private static final int MUCH = 32 << 20;

  /** Not local, so that no compiler knows that nobody reads it. */
  private byte[] held = {};

  @Test
  void knowsTheMostThatACollectionHasLeft() throws Exception {
    try (LiveHeap heap = LiveHeap.watch()) {
      held = new byte[MUCH];
      System.gc();
      Waiting.until(
          Duration.ofSeconds(10),
          () -> heap.most() + " octets",
          "those that were held",
          () -> heap.most() >= MUCH);
      held = new byte[0];
      System.gc();

      assertThat(heap.most()).isGreaterThanOrEqualTo(MUCH);
    }
  }

  @Test
  void thereIsAFigureWithoutAnyCollectionToo() throws Exception {
    held = new byte[MUCH];
    try (LiveHeap heap = LiveHeap.watch()) {
      assertThat(heap.most()).isZero();
      assertThat(heap.mostAtTheEnd()).isGreaterThanOrEqualTo(MUCH);
    }
    assertThat(held).hasSize(MUCH);
  }
}
