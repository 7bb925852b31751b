package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A message is acknowledged or refused at most once, only on the connection that brought it and not
 * behind UNSUBSCRIBE, and whoever asks for it hears what became of it: threads of the program
 * settle a message of the first connection while that is lost, others are made and the subscription
 * ends.
 */
public class AcknowledgementsLincheckTest {
  private static final int EPOCH = 1;

  /** Never runs anything: no deadline passes. */
  private static final ScheduledThreadPoolExecutor NO_TIMER = new ScheduledThreadPoolExecutor(0);

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.of(() -> 0, NO_TIMER));
  private final Subscriptions subscriptions = UnconnectedSubscriptions.of(outbox);
  private final Subscription subscription;
  private final Delivery delivery;

  /** How many threads heard what became of it, and how many that it was settled before. */
  private final AtomicInteger answered = new AtomicInteger();

  private final AtomicInteger refused = new AtomicInteger();

  /** How often a thread heard that ACK or NACK is on its way. */
  private final AtomicInteger promised = new AtomicInteger();

  /** What the writer was given, each behind the number of its connection. Touched by it only. */
  private final List<String> written = new ArrayList<>();

  /** The connection that was made last. Touched by the writer only. */
  private int epoch = EPOCH;

  /** Whether it still is there. Touched by the writer only. */
  private boolean isConnected = true;

  /** Creates one with a message of a connection that is there. */
  public AcknowledgementsLincheckTest() {
    subscriptions.start(UnstartedLink.epoch(EPOCH, outbox));
    SubscribeOptions manual = SubscribeOptions.defaults().with(Acknowledgement.MANUAL);
    subscription = subscriptions.add("/queue/a", manual, null);
    Frame message = Frame.of(Command.MESSAGE, "ack", "m", "destination", "/queue/a");
    delivery = new Delivery(subscription, message, EPOCH, 1);
    take();
    written.clear();
  }

  @Operation
  public void ack() {
    settle(() -> delivery.ack() == AckResult.SENT);
  }

  @Operation
  public void nack() {
    settle(() -> delivery.nack() == AckResult.SENT);
  }

  @Operation
  public void ackConfirmed() {
    settle(() -> !(delivery.ackConfirmed().outcome().orElse(null) instanceof Outcome.NotSent));
  }

  /** Keeps the answer and returns none: one thread may be refused before the other is answered. */
  private void settle(BooleanSupplier settling) {
    try {
      boolean isPromised = settling.getAsBoolean();
      answered.incrementAndGet();
      if (isPromised) {
        promised.incrementAndGet();
      }
    } catch (IllegalStateException settledBefore) {
      refused.incrementAndGet();
    }
  }

  /** By one thread, as the second call returns at once. */
  @Operation(nonParallelGroup = "close")
  public void close() {
    subscription.close();
  }

  /**
   * The writer takes what there is. It does not tell what: a message counts as settled shortly
   * before its frame is here.
   */
  @Operation(nonParallelGroup = "connection")
  public final void take() {
    List<Outbound> batch = new ArrayList<>();
    if (isConnected) {
      outbox.requestHeartBeat();
      outbox.take(epoch, batch, Long.MAX_VALUE, null);
    }
    for (Outbound outbound : batch) {
      Frame frame = outbound.frame();
      if (frame != null) {
        written.add(epoch + " " + frame.command());
      }
    }
  }

  /** As a link does when it ends. */
  @Operation(nonParallelGroup = "connection")
  public void lose() {
    if (isConnected) {
      isConnected = false;
      outbox.stop(epoch);
      subscriptions.ending(epoch);
      ConnectionLostException lost = new ConnectionLostException("lost", Sent.UNKNOWN);
      outbox.resolution().ended(epoch, List.of(), 0, lost);
      subscriptions.ended(epoch, lost);
    }
  }

  @Operation(nonParallelGroup = "connection")
  public void connect() {
    if (!isConnected) {
      isConnected = true;
      epoch++;
      subscriptions.start(UnstartedLink.epoch(epoch, outbox));
    }
  }

  /** Asked when the threads have ended. */
  @Validate
  public void whatWasPromisedWasWrittenOnceAndInTime() {
    take();
    List<String> settling = written.stream().filter(frame -> frame.endsWith("ACK")).toList();
    int unsubscribed = written.indexOf(EPOCH + " UNSUBSCRIBE");
    boolean isLate =
        settling.stream()
            .anyMatch(
                frame ->
                    !frame.startsWith(EPOCH + " ")
                        || (unsubscribed >= 0 && written.indexOf(frame) > unsubscribed));
    boolean isUnanswered = answered.get() == 0 && refused.get() > 0;
    boolean isMissing = isConnected && epoch == EPOCH && settling.size() < promised.get();
    boolean isTwice = settling.size() > promised.get() || answered.get() > 1;
    if (isTwice || isLate || isMissing || isUnanswered) {
      throw new IllegalStateException(promised + " promised, but written were " + written);
    }
  }

  /** Nothing comes before the threads, as there is one message only, which is settled once. */
  @Test
  void threadsThatRunSettleOnce() {
    new StressOptions()
        .actorsBefore(0)
        .actorsPerThread(3)
        .actorsAfter(0)
        .iterations(15)
        .invocationsPerIteration(1000)
        .check(getClass());
  }
}
