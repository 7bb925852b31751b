package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Interrupts hit the program's threads wherever they are inside the client. What arrives is read
 * with the test kit's parser, which fails at a frame that was cut.
 */
@Timeout(120)
class InterruptsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int IN_CALLS = 1000;
  private static final int CLOSERS = 20;
  private static final Duration POLL = Duration.ofMillis(2);

  /** So large that a frame takes more than one write of the network. */
  private static final String FILLING = ":" + "x".repeat(5000);

  private final ScriptedBroker broker = ScriptedBroker.start();

  /** What came in SEND frames, without the filling. */
  private final List<String> arrived = Collections.synchronizedList(new ArrayList<>());

  private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void aThreadOfTheProgramsOwnThatIsInterruptedBeforeItsWorkDoesItAllTheSame() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    ConnectOptions options =
        ConnectOptions.defaults()
            .withThreads(
                task ->
                    new Thread(
                        () -> {
                          Thread.currentThread().interrupt();
                          task.run();
                        }));
    try (StompClient client = StompClient.builder(broker.uri()).connect(options).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a")).await(Duration.ofSeconds(10));
    }
    broker.assertScriptsDone();
  }

  private final List<String> received = Collections.synchronizedList(new ArrayList<>());

  @Test
  void interruptsCutNoFrameLoseNothingAndKeepTheirFlagAsDocumented() throws Exception {
    broker.onConnection(this::serve);
    Bounds narrow = Bounds.defaults().withOutgoing(3, 100_000).withUnconfirmed(3);
    try (StompClient client = Clients.fast(broker.uri()).bounds(narrow).connect()) {
      Subscription subscription =
          client.subscribe("/queue/in", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
      List<Worker> workers =
          List.of(
              new Worker("send", (name, accepted) -> send(client, name, accepted)),
              new Worker("confirmed", (name, accepted) -> confirmed(client, name, accepted)),
              new Worker(
                  "await", (name, accepted) -> confirmed(client, name, accepted).await(LIMIT)),
              new Worker("receive and ack", (name, accepted) -> receive(subscription)));
      workers.forEach(Worker::start);

      Random random = new Random(1126);
      for (int i = 0; i < IN_CALLS; i++) {
        workers.get(i % workers.size()).interrupt(random.nextInt(2000));
      }

      List<String> accepted = new ArrayList<>();
      for (Worker worker : workers) {
        worker.finish();
        accepted.addAll(worker.accepted);
        assertThat(worker.thrown).as("interrupts that end %s", worker.name).hasPositiveValue();
      }
      confirmed(client, "last", accepted).await(LIMIT);
      assertThat(arrived).containsExactlyInAnyOrderElementsOf(accepted);
      await()
          .atMost(LIMIT)
          .pollInterval(POLL)
          .untilAsserted(() -> assertThat(acknowledged).isEqualTo(received));
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  private static void send(StompClient client, String name, List<String> accepted) {
    client.send("/queue/a", name + FILLING);
    accepted.add(name);
  }

  private static Confirmation confirmed(StompClient client, String name, List<String> accepted) {
    Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/a").text(name + FILLING));
    accepted.add(name);
    return confirmation;
  }

  private void receive(Subscription subscription) throws InterruptedException {
    Delivery delivery = subscription.receive(LIMIT).orElseThrow();
    received.add(delivery.text());
    delivery.ack();
  }

  /** Reads frames with the test kit's parser until the client leaves. */
  private void serve(Peer peer) {
    peer.handshake("1.2");
    Frame subscribe = peer.expect("SUBSCRIBE");
    peer.receiptFor(subscribe);
    peer.message(subscribe, "0", "0");
    Optional<Frame> next = peer.next();
    for (int id = 1; next.isPresent(); id++) {
      Frame frame = next.get();
      if (frame.command().equals(Command.SEND)) {
        assertThat(frame.text()).endsWith(FILLING);
        arrived.add(frame.text().replace(FILLING, ""));
      } else if (frame.command().equals(Command.ACK)) {
        acknowledged.add(frame.require("id"));
        peer.message(subscribe, "" + id, "" + id);
      }
      if (frame.headers().has("receipt")) {
        peer.receiptFor(frame);
      }
      next = peer.next();
    }
  }

  @Test
  void connectingThatIsInterruptedEndsSoonAndKeepsTheFlag() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    broker.otherwise(
        peer -> {
          peer.expect("CONNECT");
          asked.countDown();
          peer.expectEnd();
        });
    List<FutureTask<String>> callers =
        List.of(
            connecting(() -> StompClient.connect(broker.uri())),
            connecting(() -> Connection.open(broker.uri())));
    List<Thread> threads = callers.stream().map(Thread::new).toList();
    threads.forEach(Thread::start);
    assertThat(asked.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    threads.forEach(Thread::interrupt);

    for (FutureTask<String> caller : callers) {
      assertThat(caller.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("interrupted while connecting to " + broker.uri() + " true");
    }
  }

  @Test
  void anInterruptThatIsSeenWhenTheBrokerHasAnsweredGivesNoClientWhoseConnectionEnds()
      throws Exception {
    broker.otherwise(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    ManualClock clock = new ManualClock();
    ClientObserver interrupting =
        new ClientObserver() {
          @Override
          public void onFrameReceived(int epoch, Frame frame) {
            Thread.currentThread().interrupt();
            clock.advance(Duration.ofMillis(100));
          }
        };
    ConnectOptions options =
        ConnectOptions.defaults().with(TimeSource.of(clock::nanoTime, clock.timer()));
    FutureTask<String> caller =
        connecting(
            () ->
                StompClient.builder(broker.uri())
                    .connect(options)
                    .observer(interrupting)
                    .connect());
    new Thread(caller).start();

    assertThat(caller.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo("interrupted while connecting to " + broker.uri() + " true");
  }

  /** Returns what connecting throws, and whether the thread is interrupted then. */
  private static FutureTask<String> connecting(Callable<AutoCloseable> how) {
    return new FutureTask<>(
        () -> {
          try (AutoCloseable connected = how.call()) {
            return "connected: " + connected;
          } catch (ConnectionLostException e) {
            return e.getMessage() + " " + Thread.currentThread().isInterrupted();
          }
        });
  }

  @Test
  void aCloseThatIsInterruptedEndsEverythingAtOnceAndKeepsTheFlag() throws Exception {
    for (int i = 0; i < CLOSERS; i++) {
      closeInterrupted(i);
    }
  }

  private void closeInterrupted(int number) throws Exception {
    List<Thread> ofClient = new CopyOnWriteArrayList<>();
    CountDownLatch sent = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          sent.countDown();
          peer.expectEnd();
        });
    StompClient client =
        StompClient.builder(broker.uri())
            .onStateChange(change -> ofClient.add(Thread.currentThread()))
            .connect();
    Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/a").text("" + number));
    sent.await();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread closer =
        new Thread(
            () -> {
              client.close(LIMIT);
              flag.complete(Thread.currentThread().isInterrupted());
            });
    closer.start();
    await().atMost(LIMIT).pollInterval(POLL).until(() -> client.state() == ClientState.DRAINING);
    closer.interrupt();

    assertThat(flag.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(confirmation.outcome()).get().isInstanceOf(Outcome.Unknown.class);
    assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    await()
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> ofClient.stream().noneMatch(Thread::isAlive));
    broker.assertScriptsDone();
  }

  /** A call of the client, for a message of this name; what was accepted is taken down. */
  private interface Call {
    void make(String name, List<String> accepted) throws InterruptedException;
  }

  /** A thread that makes the same call again and again, and accounts for every interrupt. */
  private static final class Worker {
    private final String name;
    private final Call call;
    private final List<String> accepted = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore noticed = new Semaphore(0);
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Thread thread;

    /** Interrupts that ended a call. */
    private final AtomicInteger thrown = new AtomicInteger();

    private volatile boolean isOver;

    Worker(String name, Call call) {
      this.name = name;
      this.call = call;
      this.thread = new Thread(this::run, "worker " + name);
    }

    void start() {
      thread.start();
    }

    private void run() {
      try {
        for (int i = 0; !isOver; i++) {
          step(name + " " + i);
        }
        ended.complete(null);
      } catch (Throwable e) {
        ended.completeExceptionally(e);
        noticed.release(2 * IN_CALLS);
      }
    }

    /** InterruptedException takes the flag, CancellationException and a plain return keep it. */
    private void step(String message) {
      try {
        call.make(message, accepted);
      } catch (InterruptedException e) {
        assertThat(Thread.currentThread().isInterrupted()).as("flag with %s", e).isFalse();
        Thread.currentThread().interrupt();
        thrown.incrementAndGet();
      } catch (CancellationException e) {
        assertThat(Thread.currentThread().isInterrupted()).as("flag with %s", e).isTrue();
        thrown.incrementAndGet();
      }
      if (Thread.interrupted()) {
        noticed.release();
      }
    }

    /** Interrupts it at some moment, and waits until it has seen that. */
    void interrupt(int spins) throws InterruptedException {
      for (int i = 0; i < spins; i++) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      assertThat(noticed.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .as("an interrupt of %s is seen", name)
          .isTrue();
    }

    void finish() throws Exception {
      isOver = true;
      ended.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
