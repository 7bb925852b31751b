package io.stompbox.bench.pool;

import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.pool.ConnectionPool;
import io.stompbox.client.pool.PooledPublisher;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Threads that send 100 octets each time without a receipt: by one client, and by the views of a
 * pool. All ways take turns in each round, so what disturbs the machine disturbs them alike. Prints
 * the CPU time of the sending threads for a message, and how long they were blocked.
 */
public final class PoolContention {
  private static final int ROUNDS = 7;
  private static final int MESSAGES = 200_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Outgoing MESSAGE = Outgoing.to("/queue/a").bytes(new byte[100]);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PoolContention() {}

  /** Runs it all; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "| threads | way | CPU ns a message | beside the client | wall ns a message |");
    System.out.println("|---|---|---|---|---|");
    try (DiscardingBroker broker = DiscardingBroker.start();
        StompClient client = StompClient.connect(broker.uri());
        ConnectionPool pool = ConnectionPool.create()) {
      PooledPublisher shared = pool.shared(broker.uri());
      PooledPublisher perThread = pool.perThread(broker.uri());
      Map<String, Consumer<Outgoing>> ways = new LinkedHashMap<>();
      ways.put("client", client::send);
      ways.put("pool, shared", shared::send);
      ways.put("pool, per thread", perThread::send);
      for (int threads : List.of(1, 2, 8)) {
        compare(threads, ways);
        client.flush(LIMIT);
      }
    }
  }

  private static void compare(int threads, Map<String, Consumer<Outgoing>> ways)
      throws InterruptedException {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Map.Entry<String, Consumer<Outgoing>> way : ways.entrySet()) {
        Figure figure = send(threads, way.getValue());
        // The first round warms up.
        if (round > 0) {
          figures.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(figure);
        }
      }
    }
    double client =
        median(figures.getOrDefault("client", List.of()).stream().map(Figure::cpu).toList());
    figures.forEach(
        (way, all) -> {
          double cpu = median(all.stream().map(Figure::cpu).toList());
          double wall = median(all.stream().map(Figure::wall).toList());
          System.out.printf(
              Locale.ROOT,
              "| %d | %s | %.0f | %.2f | %.0f |%n",
              threads,
              way,
              cpu,
              cpu / client,
              wall);
        });
  }

  /**
   * Nanoseconds for a message.
   *
   * @param cpu of all sending threads together
   * @param wall from the first message to the last
   */
  private record Figure(double cpu, double wall) {}

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static Figure send(int threads, Consumer<Outgoing> way) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong cpu = new AtomicLong();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                way.accept(MESSAGE); // a thread's own connection is made before the clock runs
                awaitStart(go);
                long before = THREADS.getCurrentThreadCpuTime();
                for (int n = 0; n < MESSAGES / threads; n++) {
                  way.accept(MESSAGE);
                }
                cpu.addAndGet(THREADS.getCurrentThreadCpuTime() - before);
              });
      thread.start();
      all.add(thread);
    }
    long start = System.nanoTime();
    go.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    return new Figure(
        (double) cpu.get() / MESSAGES, (double) (System.nanoTime() - start) / MESSAGES);
  }

  private static void awaitStart(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }
}
