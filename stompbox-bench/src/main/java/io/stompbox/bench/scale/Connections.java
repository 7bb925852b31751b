package io.stompbox.bench.scale;

import io.stompbox.bench.report.Machine;
import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.checks.invariants.Waiting;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.ClientState;
import io.stompbox.client.Delivery;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Many clients in one JVM: how fast they connect, what they take, and how they come back. */
final class Connections implements Scale {
  /** Threads that connect at the same time. */
  private static final int CONNECTING = 64;

  /** The name of the threads for handlers and listeners. */
  private static final String HANDLERS = "stompbox-handler";

  private static final int WARM_UP = 200;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final ReconnectPolicy policy;

  /** Creates one whose clients come back as {@code policy} says. */
  Connections(ReconnectPolicy policy) {
    this.policy = policy;
  }

  @Override
  public void measure(Measuring to, int port) throws Exception {
    String uri = "stomp://127.0.0.1:" + port;
    connect(uri, WARM_UP, change -> {}).forEach(client -> client.close(Duration.ZERO));
    awaitIdle(); // looking for threads takes some heap the first time
    long before = Measuring.usedHeap();
    AtomicInteger losses = new AtomicInteger();
    CountDownLatch back = new CountDownLatch((int) to.n());
    Consumer<StateChange> counting =
        change -> {
          if (change.to() == ClientState.RECOVERING) {
            losses.incrementAndGet();
          } else if (change.from() == ClientState.RECOVERING) {
            back.countDown();
          }
        };
    long start = System.nanoTime();
    long cpu = Machine.now().own();
    List<StompClient> clients = connect(uri, (int) to.n(), counting);
    to.printSeconds("connected after", start);
    printCpu(to, "connecting, CPU time", cpu);
    awaitIdle();
    to.printHeapEach(before);
    to.print("threads of the system, those of the JVM too", SystemThreads.count(), "");
    try (StompClient control = StompClient.connect(uri)) {
      start = System.nanoTime();
      cpu = Machine.now().own();
      control.send("/control/drop", "");
      if (!back.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(back.getCount() + " clients have not come back");
      }
      to.printSeconds("back after a drop", start);
      printCpu(to, "coming back, CPU time", cpu);
      printConnects(to, connects(control));
    }
    to.print("losses of each", losses.get() / (double) to.n(), "");
    closeAll(clients);
  }

  /**
   * Waits until the threads have ended that told changes of state: clients keep them for some
   * seconds, and connections that are only there don't have them.
   */
  private static void awaitIdle() throws InterruptedException {
    Waiting.until(
        LIMIT,
        () -> "one",
        "no idle thread of handlers",
        () -> LiveThreads.ofClients().stream().noneMatch(HANDLERS::equals));
  }

  /** Waiting depends on who else computes; this hardly does. */
  private static void printCpu(Measuring to, String figure, long before) {
    to.print(figure, (Machine.now().own() - before) / 1e9, "s");
  }

  private static void printConnects(Measuring to, long[] windows) {
    long all = Arrays.stream(windows).sum();
    long most = Arrays.stream(windows).max().orElse(0);
    to.print("connects after the drop", (double) all, "");
    to.print("most connects in 100 ms", (double) most, "");
    to.print("most of all in 100 ms", 100.0 * most / Math.max(1, all), "%");
  }

  private static long[] connects(StompClient control) throws InterruptedException {
    SubscribeOptions plain = SubscribeOptions.defaults().with(Acknowledgement.BROKER);
    try (Subscription connects = control.subscribe("/control/connects", plain)) {
      Optional<Delivery> told = connects.receive(LIMIT);
      return Arrays.stream(told.orElseThrow().text().split(","))
          .mapToLong(Long::parseLong)
          .toArray();
    }
  }

  private List<StompClient> connect(String uri, int count, Consumer<StateChange> listener)
      throws InterruptedException {
    ConcurrentLinkedQueue<StompClient> clients = new ConcurrentLinkedQueue<>();
    AtomicInteger left = new AtomicInteger(count);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTING);
    for (int i = 0; i < CONNECTING; i++) {
      threads.execute(
          () -> {
            while (left.getAndDecrement() > 0) {
              clients.add(
                  StompClient.builder(uri).reconnect(policy).onStateChange(listener).connect());
            }
          });
    }
    threads.shutdown();
    if (!threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS) || clients.size() < count) {
      throw new IllegalStateException("only " + clients.size() + " clients have connected");
    }
    return List.copyOf(clients);
  }

  private static void closeAll(List<StompClient> clients) {
    clients.forEach(client -> client.close(Duration.ZERO));
  }
}
