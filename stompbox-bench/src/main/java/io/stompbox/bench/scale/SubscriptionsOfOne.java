package io.stompbox.bench.scale;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Many subscriptions on one connection, before and after it is lost. */
final class SubscriptionsOfOne implements Scale {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final SubscribeOptions PLAIN =
      SubscribeOptions.defaults().with(Acknowledgement.BROKER);

  @Override
  public void measure(Measuring to, int port) throws Exception {
    String uri = "stomp://127.0.0.1:" + port;
    LongAdder received = new LongAdder();
    try (StompClient client = StompClient.connect(uri);
        StompClient control = StompClient.connect(uri)) {
      long before = Measuring.usedHeap();
      List<Subscription> all = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < to.n(); i++) {
        all.add(client.subscribe("/queue/" + i, PLAIN, delivery -> received.increment()));
      }
      to.printSeconds("subscribed after", start);
      to.printHeapEach(before);
      start = System.nanoTime();
      publish(client, received, to.n());
      to.printSeconds("a message to each after", start);
      control.send("/control/drop", "");
      start = System.nanoTime();
      awaitEpoch(client);
      publish(client, received, 2 * to.n());
      to.printSeconds("subscribed again, and a message to each, after a drop", start);
      start = System.nanoTime();
      all.forEach(Subscription::close);
      client.flush(LIMIT);
      to.printSeconds("unsubscribed after", start);
    }
  }

  private static void awaitEpoch(StompClient client) {
    while (client.epoch() < 2) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private static void publish(StompClient client, LongAdder received, long expected)
      throws InterruptedException {
    client.sendConfirmed(Outgoing.to("/control/publish")).await(LIMIT);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (received.sum() < expected) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(received.sum() + " of " + expected + " messages came");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
