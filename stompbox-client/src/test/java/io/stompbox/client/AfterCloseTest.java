package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Once a client is closed, nothing of the program's is called any more. */
class AfterCloseTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose
  private final ScriptedBroker broker =
      ScriptedBroker.start()
          .otherwise(
              peer -> {
                peer.handshake("1.2");
                peer.expectEnd();
              });

  @RepeatedTest(20)
  void allStateChangesAreHeardBeforeCloseReturns() {
    List<ClientState> heard = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client =
        Clients.fast(broker.uri()).onStateChange(change -> heard.add(change.to())).connect();

    client.close(LIMIT);

    assertThat(heard)
        .containsExactly(
            ClientState.CONNECTING,
            ClientState.CONNECTED,
            ClientState.DRAINING,
            ClientState.CLOSED);
  }

  @RepeatedTest(20)
  void everyOutcomeHasReachedItsCallbackWhenCloseReturns() {
    List<Outcome> heard = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.close();
        });
    StompClient client = Clients.fast(broker.uri()).reconnect(ReconnectPolicy.never()).connect();
    int accepted = 0;
    try {
      for (; accepted < 100; accepted++) {
        client.sendConfirmed(Outgoing.to("/queue/a").text("x")).stage().thenAccept(heard::add);
      }
    } catch (ConnectionLostException failed) {
      assertThat(accepted).isPositive();
    }

    client.close(LIMIT);

    assertThat(heard).hasSize(accepted);
  }

  @RepeatedTest(20)
  void whatTheWriterHadIsCountedWhenCloseReturns() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    TransportFactory stuck =
        address -> new StuckTransport(TransportFactory.sockets().create(address), writing);
    StompClient client =
        Clients.fast(broker.uri()).connect(ConnectOptions.defaults().with(stuck)).connect();
    for (int i = 0; i < 100; i++) {
      client.send("/queue/a", "x");
    }

    assertThat(writing.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    SendCounts sends = client.close(Duration.ofMillis(20)).sends();

    assertThat(sends.unknown()).isPositive();
    assertThat(sends.unknown() + sends.notSent()).isEqualTo(100);
  }

  /** Takes CONNECT, and nothing of what follows until it is closed; counts down when it should. */
  private record StuckTransport(
      Transport transport, CountDownLatch writing, CompletableFuture<@Nullable Void> closed)
      implements Transport {
    StuckTransport(Transport transport, CountDownLatch writing) {
      this(transport, writing, new CompletableFuture<>());
    }

    @Override
    public void open(Duration limit) throws IOException {
      transport.open(limit);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return transport.read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (source[offset] != 'C') {
        writing.countDown();
        closed.join();
        throw new IOException("closed");
      }
      transport.write(source, offset, length);
    }

    @Override
    public void close() {
      transport.close();
      closed.complete(null);
    }
  }

  @Test
  void aListenerThatDoesNotReturnHearsOfNothingMoreAfterTheLimit() throws Exception {
    List<ClientState> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<@Nullable Void> go = new CompletableFuture<>();
    CompletableFuture<Thread> listening = new CompletableFuture<>();
    StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(
                change -> {
                  heard.add(change.to());
                  if (change.to() == ClientState.CONNECTED) {
                    listening.complete(Thread.currentThread());
                    go.join();
                  }
                })
            .connect();
    Thread listener = listening.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

    client.close(Duration.ofMillis(100));
    go.complete(null);
    await().atMost(LIMIT).until(() -> !listener.isAlive());

    assertThat(heard).containsExactly(ClientState.CONNECTING, ClientState.CONNECTED);
  }

  @Test
  void aListenerMayCloseTheClientWhileAnotherThreadDoes() throws Exception {
    CompletableFuture<StompClient> shared = new CompletableFuture<>();
    BlockingQueue<CloseReport> reports = new LinkedBlockingQueue<>();
    StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.DRAINING) {
                    reports.add(shared.join().close(Duration.ofMinutes(1)));
                  }
                })
            .connect();
    shared.complete(client);

    long start = System.nanoTime();
    CloseReport report = client.close(Duration.ofMillis(500));

    assertThat(reports.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(report);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void noThreadOfTheClientIsLeft() {
    List<Thread> threads = new ArrayList<>();
    StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(change -> threads.add(Thread.currentThread()))
            .connect();
    client.sendConfirmed(Outgoing.to("/queue/a").text("x"));

    client.close(Duration.ofMillis(50));

    await().atMost(LIMIT).until(() -> threads.stream().noneMatch(Thread::isAlive));
  }
}
