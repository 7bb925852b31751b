package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cumulative acknowledgements do when two handlers end at once. */
class AcknowledgementsTest {
  private static final int EPOCH = 1;
  private static final Set<Thread.State> ENDED_OR_WAITING =
      EnumSet.of(Thread.State.TERMINATED, Thread.State.WAITING);

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
  private final Requests requests =
      new Requests(outbox, new Receipts(Runnable::run), Timeouts.defaults());
  private final Subscriptions subscriptions = UnconnectedSubscriptions.of(requests);

  private final AtomicBoolean isAsked = new AtomicBoolean();

  /** Whoever waits for its receipts would otherwise hold on to the thread that keeps time. */
  @AfterEach
  void close() {
    outbox.close(new StompTimeoutException("the test has ended"));
  }

  @Test
  void theLaterOfTwoHandlersThatEndAtOnceWritesTheAckOfBoth() throws Exception {
    Epoch epoch = UnstartedLink.epoch(EPOCH, outbox);
    subscriptions.start(epoch);
    Subscription subscription =
        subscriptions.add("/queue/a", SubscribeOptions.defaults().withId("mine"), null);
    AckWriter writer = new AckWriter(requests, new ReceiveCounter(), () -> epoch);
    Delivery first = message(subscription, 1);
    Delivery last = message(subscription, 2);
    List<Acknowledgements> subject = new ArrayList<>();
    Thread second = new Thread(() -> subject.get(0).processed(last));
    BooleanSupplier isIdle =
        () -> {
          if (!isAsked.getAndSet(true)) {
            second.start();
            await().until(() -> ENDED_OR_WAITING.contains(second.getState()));
            // As it was before the second handler had taken the last message.
            return false;
          }
          return true;
        };
    Acknowledgements acknowledgements =
        new Acknowledgements(Acknowledgement.BATCHED, writer, Bounds.defaults(), isIdle);
    subject.add(acknowledgements);
    acknowledgements.arrived(first);
    acknowledgements.arrived(last);

    acknowledgements.processed(first);
    second.join();

    assertThat(written()).containsExactly("SUBSCRIBE", "ACK a-2");
  }

  private static Delivery message(Subscription subscription, long sequence) {
    Frame frame = Frame.of(Command.MESSAGE, "ack", "a-" + sequence, "destination", "/queue/a");
    return new Delivery(subscription, frame, EPOCH, sequence);
  }

  private List<String> written() throws InterruptedException {
    List<Outbound> batch = new ArrayList<>();
    outbox.take(EPOCH, batch, Long.MAX_VALUE, null);
    return batch.stream().map(AcknowledgementsTest::told).toList();
  }

  private static String told(Outbound outbound) {
    Frame frame = Objects.requireNonNull(outbound.frame());
    String id = frame.command().equals(Command.ACK) ? " " + frame.require("id") : "";
    return frame.command() + id;
  }
}
