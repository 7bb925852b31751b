package io.stompbox.bench.scale;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** More messages than a handler takes, from a broker that waits for nobody, in a small heap. */
final class Flood implements Scale {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** The handler pauses after so many messages, for so long. */
  private static final long MESSAGES_A_PAUSE = 1000;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private static final double MEBI = 1024 * 1024;

  @Override
  public void measure(Measuring to, int port) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    AtomicLong handled = new AtomicLong();
    try (LiveHeap heap = LiveHeap.watch();
        StompClient client = StompClient.connect("stomp://127.0.0.1:" + port)) {
      long start = System.nanoTime();
      client.subscribe(
          "/source/" + to.n(),
          SubscribeOptions.defaults().with(Acknowledgement.BROKER),
          delivery -> {
            long count = handled.incrementAndGet();
            if (count % MESSAGES_A_PAUSE == 0) {
              LockSupport.parkNanos(PAUSE);
            }
            if (count == to.n()) {
              done.countDown();
            }
          });
      if (!done.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(handled + " of " + to.n() + " messages were handled");
      }
      double seconds = to.printSeconds("handled after", start);
      to.print("handled in a second", to.n() / seconds, "");
      to.print("most heap in use after a collection", heap.mostAtTheEnd() / MEBI, "MiB");
      to.printHeapLimit();
      to.print("connections", client.epoch(), "");
    }
  }
}
