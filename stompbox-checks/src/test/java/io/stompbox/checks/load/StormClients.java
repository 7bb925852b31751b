package io.stompbox.checks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Many clients in one process, which lose their connections all at once. Arguments: the port, and
 * how many. Waits for a line on standard input between its steps.
 */
public final class StormClients {
  private static final int CONNECTING_AT_A_TIME = 32;
  private static final int STARTUP_RETRIES = 20;
  private static final double MILLION = 1e6;

  private final String uri;
  private final CountDownLatch lost;
  private final CountDownLatch back;

  /** When each was connected again, in nanoTime. */
  private final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();

  private StormClients(String uri, int number) {
    this.uri = uri;
    this.lost = new CountDownLatch(number);
    this.back = new CountDownLatch(number);
  }

  /** Says how long connecting took, then how long coming back did, then what it holds. */
  public static void main(String[] args) throws Exception {
    int number = Integer.parseInt(args[1]);
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try {
      new StormClients("stomp://127.0.0.1:" + args[0], number).run(number, orders);
    } catch (ExecutionException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void run(int number, BufferedReader orders)
      throws IOException, InterruptedException, ExecutionException {
    System.out.println(Resources.now().text());
    ExecutorService pool = Executors.newFixedThreadPool(CONNECTING_AT_A_TIME);
    long start = System.nanoTime();
    List<StompClient> clients = connect(number, pool);
    System.out.println(Math.round((System.nanoTime() - start) / MILLION));
    System.out.println(Resources.now().text());
    orders.readLine();
    long dropped = System.nanoTime();
    lost.await();
    back.await();
    long peak =
        times.stream()
            .collect(
                Collectors.groupingBy(at -> (at - dropped) / 100_000_000, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(count -> count)
            .max()
            .orElse(0);
    long last = times.stream().mapToLong(at -> at - dropped).max().orElse(0);
    System.out.println(Math.round(last / MILLION) + " " + peak * 10);
    orders.readLine();
    closeAll(clients, pool);
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.MINUTES);
    Resources.awaitNone("stompbox-");
    System.out.println(Resources.now().text());
  }

  private List<StompClient> connect(int number, ExecutorService pool)
      throws InterruptedException, ExecutionException {
    List<Future<StompClient>> connecting = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      connecting.add(pool.submit(() -> connect()));
    }
    List<StompClient> clients = new ArrayList<>();
    for (Future<StompClient> each : connecting) {
      clients.add(each.get());
    }
    return clients;
  }

  /** On a busy machine connecting may take longer than a client waits by default. */
  private StompClient connect() {
    return StompClient.builder(uri)
        .reconnect(ReconnectPolicy.standard().withStartupRetries(STARTUP_RETRIES))
        .onStateChange(this::changed)
        .connect();
  }

  private void changed(StateChange change) {
    if (change.to() == ClientState.RECOVERING) {
      lost.countDown();
    } else if (change.to() == ClientState.CONNECTED && change.epoch() == 2) {
      times.add(System.nanoTime());
      back.countDown();
    }
  }

  private static void closeAll(List<StompClient> clients, ExecutorService pool)
      throws InterruptedException, ExecutionException {
    List<Future<?>> closing = new ArrayList<>();
    for (StompClient client : clients) {
      closing.add(pool.submit(() -> client.close(Duration.ofSeconds(30))));
    }
    for (Future<?> each : closing) {
      each.get();
    }
  }
}
