package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A confirmed send gets one outcome, and all threads see the same one, whether its receipt, its
 * cancellation, its deadline, the loss of the connection or the end of the client comes first.
 *
 * <p>Its senders, the writer of the connection and the reader are different threads, but there is
 * one of each.
 */
public class OutboxLincheckTest {
  private static final int EPOCH = 1;
  private static final int SENDS = 2;
  private static final long NEVER = 1_000_000_000_000L;

  /** Never runs anything: deadlines pass when {@link #expire} says so. */
  private static final ScheduledThreadPoolExecutor NO_TIMER = noTimer();

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.of(() -> 0, NO_TIMER));
  private final List<Outbound> sends = new ArrayList<>();
  private final List<Confirmation> confirmations = new ArrayList<>();

  /** Creates one with two sends under way. */
  public OutboxLincheckTest() {
    outbox.start(EPOCH, List.of());
    for (int i = 0; i < SENDS; i++) {
      Confirmation confirmation = new Confirmation("send ", "" + i, Runnable::run, outcome -> {});
      Frame frame = Frame.of(Command.SEND, "destination", "/queue/a", "receipt", "r" + i);
      Outbound send = Outbound.confirmed(frame, "r" + i, confirmation);
      send.deadline(NEVER);
      sends.add(send);
      confirmations.add(confirmation);
      outbox.offer(send);
    }
  }

  private static ScheduledThreadPoolExecutor noTimer() {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(0);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** The writer takes what there is. */
  @Operation(nonParallelGroup = "connection")
  public int take() {
    List<Outbound> batch = new ArrayList<>();
    outbox.requestHeartBeat();
    outbox.take(EPOCH, batch, Long.MAX_VALUE, null);
    return batch.size();
  }

  /** The connection is lost, and there is another one. */
  @Operation(nonParallelGroup = "connection")
  public void lose() {
    outbox.stop(EPOCH);
    outbox.resolution().ended(EPOCH, List.of(), 0, lost());
    outbox.start(EPOCH, List.of());
  }

  @Operation
  public boolean confirm() {
    return outbox.resolution().confirm("r0", EPOCH);
  }

  @Operation
  public boolean reject() {
    return outbox.resolution().reject("r0", lost());
  }

  @Operation
  public boolean cancel() {
    return outbox.resolution().cancel(sends.get(0));
  }

  @Operation
  public long expire() {
    return outbox.resolution().expire(NEVER, new StompTimeoutException("late"));
  }

  @Operation
  public String outcome() {
    return confirmations
        .get(0)
        .outcome()
        .map(outcome -> outcome.getClass().getSimpleName())
        .orElse("");
  }

  @Operation
  public boolean confirmOther() {
    return outbox.resolution().confirm("r1", EPOCH);
  }

  /** Asked when the threads have ended. */
  @Validate
  public void countsAreThoseOfTheOutcomes() {
    SendCounts counts = outbox.counter().counts();
    long counted =
        counts.confirmed() + counts.rejected() + counts.unknown() + counts.notSent();
    long known = confirmations.stream().filter(Confirmation::isDone).count();
    if (counted != known) {
      throw new IllegalStateException(known + " outcomes are known, but counted are " + counts);
    }
  }

  private static ConnectionLostException lost() {
    return new ConnectionLostException("lost", Sent.UNKNOWN);
  }

  @Test
  void threadsThatRunAreInAnOrder() {
    new StressOptions().iterations(10).invocationsPerIteration(1000).check(getClass());
  }
}
