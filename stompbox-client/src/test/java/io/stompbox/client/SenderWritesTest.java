package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that sends and finds nothing else to be written writes by itself. */
@Timeout(60)
class SenderWritesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration STALL = Duration.ofMillis(300);

  /** By then a writer that has nothing to do waits. */
  private static final Duration SETTLED = Duration.ofMillis(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** The threads that have written, after CONNECT. */
  private final ConcurrentLinkedQueue<Thread> writers = new ConcurrentLinkedQueue<>();

  /** What a thread does before it writes. */
  private volatile Before before = () -> {};

  private interface Before {
    void write() throws IOException;
  }

  /** Open once a transport was closed. */
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Whether the transport says that it bears interrupts. */
  private boolean bears = true;

  @Test
  void whoWaitsForEachReceiptWritesByItselfAndIsSeenInOrder() throws Exception {
    List<String> got = recorded();
    try (StompClient client = connect()) {
      int sent = 0;
      while (!writers.contains(Thread.currentThread())) {
        confirmed(client, sent++);
      }
      client.send("/queue/a", "last");
    }
    broker.assertScriptsDone();

    assertThat(got).endsWith("last").doesNotHaveDuplicates();
  }

  @Test
  void aTransportThatBearsNoInterruptsIsWrittenByItsWriterOnly() throws Exception {
    bears = false;
    recorded();
    try (StompClient client = connect()) {
      for (int i = 0; i < 200; i++) {
        confirmed(client, i);
      }
    }
    assertThat(writers).allMatch(thread -> thread != Thread.currentThread()).isNotEmpty();
  }

  @Test
  void aStreamStaysWithTheWriter() throws Exception {
    recorded();
    try (StompClient client = connect()) {
      untilWritingAlone(client);
      writers.clear();
      for (int i = 0; i < 50; i++) {
        client.send("/queue/a", "s" + i);
        client.flush(LIMIT);
      }
      // The first finds the broker's last answer.
      assertThat(writers)
          .filteredOn(thread -> thread == Thread.currentThread())
          .hasSizeLessThanOrEqualTo(1);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aFrameThatMayHaveToWaitForTheNetworkStaysWithTheWriter() throws Exception {
    recorded();
    try (StompClient client = connect()) {
      for (int i = 0; i < 20; i++) {
        untilWritingAlone(client);
        writers.clear();
        client.sendConfirmed(Outgoing.to("/queue/a").text("x".repeat(17 * 1024))).await(LIMIT);
        assertThat(writers).doesNotContain(Thread.currentThread());
      }
    }
    broker.assertScriptsDone();
  }

  @Test
  void besideSendsThatAreUnconfirmedItStaysWithTheWriter() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame frame = peer.expect("SEND");
          while (!frame.text().equals("held")) {
            peer.receiptFor(frame);
            frame = peer.expect("SEND");
          }
          peer.send("\n");
          peer.receiptFor(peer.expect("SEND"));
          peer.receiptFor(frame);
        });
    try (StompClient client = connect()) {
      untilWritingAlone(client);
      Confirmation held = client.sendConfirmed(Outgoing.to("/queue/a").text("held"));
      await()
          .atMost(LIMIT)
          .until(
              () -> client.traffic().sinceReceived().compareTo(client.traffic().sinceSent()) < 0);
      writers.clear();
      confirmed(client, 1);
      assertThat(writers).hasSize(1).doesNotContain(Thread.currentThread());
      held.await(LIMIT);
    }
    broker.assertScriptsDone();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aVirtualThreadLeavesItToTheWriter() throws Exception {
    recorded();
    try (StompClient client = connect()) {
      FutureTask<?> sending =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < 100; i++) {
                  confirmed(client, i);
                }
                return null;
              });
      Thread virtual = Threads.STANDARD.newThread(sending);
      virtual.start();
      sending.get(20, TimeUnit.SECONDS);

      assertThat(writers).isNotEmpty().doesNotContain(virtual);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aFailureOfItsWriteIsOneOfTheConnectionAndTheMessageIsRepeated() throws Exception {
    recorded();
    List<String> again = recorded();
    try (StompClient client = connect()) {
      untilWritingAlone(client);
      AtomicBoolean armed = failOnce(() -> new IOException("no buffer space"));
      Outcome.Confirmed outcome =
          client.sendConfirmed(Outgoing.to("/queue/a").text("kept")).await(LIMIT);

      assertThat(armed).isFalse();
      assertThat(outcome.attempts()).isEqualTo(2);
      assertThat(client.epoch()).isEqualTo(2);
    }
    broker.assertScriptsDone();
    assertThat(again).startsWith("kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"IOException", "IllegalStateException", "LinkageError"})
  void whateverItFailsWithASendWithoutReceiptIsOfUnknownFate(String what) throws Exception {
    recorded();
    recorded();
    try (StompClient client = connect()) {
      untilWritingAlone(client);
      AtomicBoolean armed =
          failOnce(
              () ->
                  switch (what) {
                    case "IOException" -> new IOException("of this test");
                    case "IllegalStateException" -> new IllegalStateException("of this test");
                    default -> new LinkageError("of this test");
                  });
      client.send("/queue/a", "perhaps");

      // The writer lets those out that are none of the network's.
      await().dontCatchUncaughtExceptions().atMost(LIMIT).until(() -> client.epoch() == 2);
      assertThat(armed).isFalse();
      assertThat(client.sends().unknown()).isEqualTo(1);
      confirmed(client, 1);
    }
    broker.assertScriptsDone();
  }

  @Test
  void anInterruptOfTheSenderLeavesTheConnectionWhole() throws Exception {
    List<String> got = recorded();
    try (StompClient client = connect()) {
      untilWritingAlone(client);
      Thread.currentThread().interrupt();
      client.send("/queue/a", "interrupted");
      assertThat(Thread.interrupted()).isTrue();
      confirmed(client, 1);

      assertThat(client.epoch()).isEqualTo(1);
    }
    broker.assertScriptsDone();
    assertThat(got).contains("interrupted");
  }

  @Test
  void whatOthersSendMeanwhileComesBehind() throws Exception {
    List<String> got = recorded();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (StompClient client = connect()) {
      FutureTask<?> first =
          inThread(
              () -> {
                untilWritingAlone(client);
                Thread own = Thread.currentThread();
                before =
                    () -> {
                      if (Thread.currentThread() == own) {
                        entered.countDown();
                        awaitPlainly(released);
                      }
                    };
                client.send("/queue/a", "first");
                before = () -> {};
              });
      awaitPlainly(entered);
      client.send("/queue/a", "second");
      Confirmation third = client.sendConfirmed(Outgoing.to("/queue/a").text("third"));
      released.countDown();
      third.await(LIMIT);
      first.get(20, TimeUnit.SECONDS);
    }
    broker.assertScriptsDone();
    assertThat(got).endsWith("first", "second", "third");
  }

  @Test
  void aWriteThatHangsEndsWithItsConnection() throws Exception {
    recorded();
    recorded();
    Timeouts timeouts = Timeouts.defaults().withClose(Duration.ofMillis(300)).withWriteStall(STALL);
    try (StompClient client = builder().timeouts(timeouts).connect()) {
      FutureTask<?> sending = hangingSend(client);

      await().atMost(LIMIT).until(() -> client.epoch() == 2);
      sending.get(20, TimeUnit.SECONDS);
      confirmed(client, 1);
      assertThat(client.sends().unknown()).isEqualTo(1);
    }
    broker.assertScriptsDone();
  }

  @Test
  void closingEndsAWriteThatHangs() throws Exception {
    recorded();
    FutureTask<?> sending;
    try (StompClient client = connect()) {
      sending = hangingSend(client);
    }
    sending.get(20, TimeUnit.SECONDS);
    broker.assertScriptsDone();
  }

  /** Has another thread send, and write by itself, what no network takes. */
  private FutureTask<?> hangingSend(StompClient client) throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    FutureTask<?> sending =
        inThread(
            () -> {
              untilWritingAlone(client);
              Thread own = Thread.currentThread();
              before =
                  () -> {
                    if (Thread.currentThread() == own) {
                      before = () -> {};
                      entered.countDown();
                      awaitPlainly(closed);
                      throw new IOException("closed while it hung");
                    }
                  };
              client.send("/queue/a", "stuck");
            });
    awaitPlainly(entered);
    return sending;
  }

  private StompClient connect() {
    return builder().connect();
  }

  private StompClientBuilder builder() {
    return Clients.fast(broker.uri())
        .connect(ConnectOptions.defaults().with(address -> new Meddled(address)))
        .timeouts(Timeouts.defaults().withClose(Duration.ofMillis(300)));
  }

  /** Answers receipts on the next connection until it ends, and returns the bodies that come. */
  private List<String> recorded() {
    List<String> bodies = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (Optional<Frame> next = peer.next(); next.isPresent(); next = peer.next()) {
            Frame frame = next.get();
            if (frame.command().equals(Command.SEND)) {
              bodies.add(frame.text());
            }
            if (frame.header("receipt") != null) {
              peer.receiptFor(frame);
            }
          }
        });
    return bodies;
  }

  private static void confirmed(StompClient client, int number) throws InterruptedException {
    client.sendConfirmed(Outgoing.to("/queue/a").text("" + number)).await(LIMIT);
  }

  /** Sends until this thread has written by itself, so that the next message finds it so again. */
  private void untilWritingAlone(StompClient client) throws InterruptedException {
    writers.clear();
    for (int i = 0; !writers.contains(Thread.currentThread()); i++) {
      confirmed(client, i);
    }
    // What is written next has to find the writer waiting and the answer here.
    await().atMost(LIMIT).until(() -> client.traffic().sinceSent().compareTo(SETTLED) > 0);
  }

  /** Has the next write of this thread fail; false from then on. */
  private AtomicBoolean failOnce(Supplier<Throwable> failure) {
    AtomicBoolean armed = new AtomicBoolean(true);
    Thread own = Thread.currentThread();
    before =
        () -> {
          if (Thread.currentThread() == own && armed.compareAndSet(true, false)) {
            Throwable thrown = failure.get();
            if (thrown instanceof IOException e) {
              throw e;
            }
            if (thrown instanceof Error e) {
              throw e;
            }
            throw (RuntimeException) thrown;
          }
        };
    return armed;
  }

  private interface Work {
    void run() throws Exception;
  }

  private static FutureTask<?> inThread(Work work) {
    FutureTask<?> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread thread = new Thread(task, "sending");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static void awaitPlainly(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Says who writes, and lets a test come before. */
  private final class Meddled extends WrappedTransport {
    private boolean wrote;

    Meddled(BrokerAddress address) {
      super(address);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (wrote) {
        before.write();
        writers.add(Thread.currentThread());
      }
      wrote = true;
      super.write(source, offset, length);
    }

    @Override
    public boolean ignoresInterrupts() {
      return bears;
    }

    @Override
    public void close() {
      closed.countDown();
      super.close();
    }
  }
}
