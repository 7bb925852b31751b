package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens while the system has no more threads. */
class ThreadShortageTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** More connections than a client makes while it gets no thread. */
  private static final int ENOUGH = 2000;

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** How many threads can still be had. */
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  private final AtomicInteger refused = new AtomicInteger();
  private final List<Thread> given = new CopyOnWriteArrayList<>();

  /** As the JVM does it. */
  private final ThreadFactory threads =
      task -> {
        if (left.getAndDecrement() <= 0) {
          refused.incrementAndGet();
          throw new OutOfMemoryError("unable to create native thread");
        }
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        given.add(thread);
        return thread;
      };

  private StompClientBuilder client() {
    StompClientBuilder builder = Clients.fast(broker.uri());
    return builder.connect(builder.connectOptions().withThreads(threads));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aLostConnectionComesBackWhenThereAreThreadsAgain(int remaining) throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          cut.await();
          peer.reset();
        });
    for (int i = 0; i < ENOUGH; i++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            Optional<Frame> send = peer.next();
            if (send.isPresent()) {
              peer.receiptFor(send.get());
            }
          });
    }
    try (StompClient client = client().connect()) {
      left.set(remaining);
      cut.countDown();
      await().atMost(LIMIT).until(() -> refused.get() >= 2);
      assertThat(client.state()).isEqualTo(ClientState.RECOVERING);

      left.set(Integer.MAX_VALUE);
      await().atMost(LIMIT).until(() -> client.state() == ClientState.CONNECTED);
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
    }
    for (Thread thread : given) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  @Test
  void aClientThatGetsNoThreadSaysSoAndLeavesNone() throws Exception {
    broker.onConnection(peer -> peer.handshake("1.2"));
    left.set(1);

    assertThatThrownBy(() -> client().connect())
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("there is no thread for it")
        .hasMessageContaining("unable to create native thread");
    given.get(0).join(TimeUnit.SECONDS.toMillis(10));
    assertThat(given.get(0).isAlive()).isFalse();
  }
}
