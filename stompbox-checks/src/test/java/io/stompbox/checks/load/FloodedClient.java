package io.stompbox.checks.load;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client with a slow handler, in a small JVM. Arguments: port and number of messages. */
public final class FloodedClient {
  private static final int BETWEEN_PAUSES = 5000;
  private static final long PAUSE = 20_000_000;

  private FloodedClient() {}

  /** Says when it has subscribed, and how many came in their order once that is all. */
  public static void main(String[] args) throws InterruptedException {
    long number = Long.parseLong(args[1]);
    AtomicLong next = new AtomicLong();
    AtomicLong misplaced = new AtomicLong();
    CountDownLatch all = new CountDownLatch(1);
    try (StompClient client = StompClient.connect("stomp://127.0.0.1:" + args[0])) {
      client.subscribe(
          "/queue/a",
          SubscribeOptions.defaults().with(Acknowledgement.BATCHED),
          delivery -> {
            long expected = next.getAndIncrement();
            misplaced.addAndGet(delivery.text().equals(Long.toString(expected)) ? 0 : 1);
            if (expected % BETWEEN_PAUSES == 0) {
              LockSupport.parkNanos(PAUSE);
            }
            if (expected + 1 == number) {
              all.countDown();
            }
          });
      System.out.println("subscribed");
      all.await();
      System.out.println(next + " in order but " + misplaced + ", in epoch " + client.epoch());
    }
  }
}
