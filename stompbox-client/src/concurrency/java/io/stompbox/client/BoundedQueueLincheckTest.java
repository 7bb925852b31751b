package io.stompbox.client;

import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A queue of received messages loses none and gives none out twice, whoever comes at once. */
@Param(name = "item", gen = IntGen.class, conf = "1:3")
public class BoundedQueueLincheckTest {
  private static final Bounds TWO =
      new Bounds(
          1,
          1,
          1,
          1,
          /* incomingMessages= */ 2,
          /* incomingOctets= */ 4,
          /* allIncomingOctets= */ 8);

  private final BoundedQueue<Integer> queue =
      new BoundedQueue<>(TWO, new InboundRoom(TWO.allIncomingOctets()), Integer::longValue);

  /** Creates one with an empty queue. */
  public BoundedQueueLincheckTest() {}

  @Operation
  public boolean offer(@Param(name = "item") int item) {
    return queue.offer(item);
  }

  @Operation
  public @Nullable Integer poll() {
    return queue.poll(any -> true);
  }

  @Operation
  public @Nullable Integer pollOf(@Param(name = "item") int item) {
    return queue.poll(candidate -> candidate == item);
  }

  @Operation
  public void remove(@Param(name = "item") int item) {
    queue.removeIf(candidate -> candidate == item);
  }

  @Operation
  public List<Integer> all() {
    return queue.copyOf(any -> true);
  }

  @Operation
  public void pause() {
    queue.pause();
  }

  @Operation
  public void resume() {
    queue.resume();
  }

  @Operation
  public void end() {
    queue.end();
  }

  @Operation
  public boolean isIdle() {
    return queue.isIdle();
  }

  @Test
  void everyInterleavingIsAnOrder() {
    new ModelCheckingOptions().iterations(10).invocationsPerIteration(300).check(getClass());
  }

  @Test
  void threadsThatRunAreInAnOrder() {
    new StressOptions().iterations(10).invocationsPerIteration(1000).check(getClass());
  }
}
