package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What observing costs. */
class ObservationTest {
  private static final ScheduledThreadPoolExecutor NO_TIMER = new ScheduledThreadPoolExecutor(0);
  private static final int CALLS = 10_000;
  private static final Frame FRAME = Frame.of(Command.MESSAGE, "destination", "/queue/a");

  private final Observation none = Observation.none();
  private final SendOutcomes outcomes =
      new SendOutcomes(none, TimeSource.of(System::nanoTime, NO_TIMER));
  private final Outbound send = Outbound.plain(Frame.of(Command.SEND, "destination", "/queue/a"));
  private final Outcome outcome = new Outcome.Confirmed(1, 1, false);

  /** All that is called for a message or a send. */
  private void tellAll(Observation observation) {
    observation.frameSent(1, FRAME);
    observation.frameReceived(1, FRAME);
    observation.heartBeatReceived(1);
    observation.sendsLost(1, 1);
    outcomes.add(send, outcome);
    outcomes.tell(outcomes.takeUntold());
  }

  @Test
  void nothingIsAllocatedWhileNobodyObserves() throws Exception {
    tellAll(none);
    long before = allocated();
    for (int i = 0; i < CALLS; i++) {
      tellAll(none);
    }
    long allocated = allocated() - before;

    // Asking takes a few octets itself; one object a call would be 160,000.
    assertThat(allocated).isLessThan(CALLS);
  }

  /** Octets that this thread has taken. By reflection: no module of ours reads java.management. */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    return (long)
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getThreadAllocatedBytes", long.class)
            .invoke(threads, Thread.currentThread().getId());
  }

  @Test
  void whoRemovesTheLastListenerPaysNothingEither() {
    AtomicInteger told = new AtomicInteger();
    Observation observation = new Observation(List.of(), Runnable::run);
    observation
        .listeners()
        .add(
            "a",
            new StompListener() {
              @Override
              public void onSend(Frame frame) {
                told.incrementAndGet();
              }
            });
    assertThat(observation.isOn()).isTrue();
    observation.listeners().remove("a");
    assertThat(observation.isOn()).isFalse();
    tellAll(observation);
    assertThat(told).hasValue(0);
  }
}
