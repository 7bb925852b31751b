package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a socket finds the addresses of its host, and which of them it takes. */
class HostLookupTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Lets resolvers that hang go on at the end. */
  private final CompletableFuture<List<InetAddress>> never = new CompletableFuture<>();

  private final AtomicInteger questions = new AtomicInteger();
  private final HostLookup hanging =
      new HostLookup(
          host -> {
            questions.incrementAndGet();
            return never.join();
          });

  @AfterEach
  void letGo() {
    never.complete(List.of());
  }

  @Test
  void aResolverThatHangsHoldsConnectingUpNoLongerThanTheLimit() {
    SocketTransport transport = transport(61613, hanging);
    long start = System.nanoTime();

    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> transport.open(Duration.ofMillis(200)))
        .withMessageContaining("not resolved in time");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "255.249.199.9", "0.0.0.0", "::1", "[::1]", "fe80::1:2"})
  void anAddressNeedsNoThreadThatWaits(String address) {
    List<Thread> askers = new ArrayList<>();
    HostLookup hosts = new HostLookup(host -> asked(askers));

    assertThat(hosts.find(address)).isCompletedWithValue(List.of());
    assertThat(askers).containsExactly(Thread.currentThread());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "1.2.3", "1.2.3.256", "1.2.3.4.", "1.2.3.04", "1.2.3.4.5"})
  void aNameIsLookedUpOnAThreadOfItsOwn(String name) {
    List<Thread> askers = new CopyOnWriteArrayList<>();
    HostLookup hosts = new HostLookup(host -> asked(askers));

    assertThat(hosts.find(name)).succeedsWithin(LIMIT).isEqualTo(List.of());
    assertThat(askers).doesNotContain(Thread.currentThread()).hasSize(1);
  }

  @Test
  void whatIsNotAnAddressAfterAllIsNotKnown() {
    assertThat(HostLookup.SYSTEM.find("1::2::3"))
        .isCompletedExceptionally()
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(UnknownHostException.class);
  }

  private static List<InetAddress> asked(List<Thread> askers) {
    askers.add(Thread.currentThread());
    return List.of();
  }

  @Test
  void closingEndsTheWaitForAResolver() throws Exception {
    SocketTransport transport = transport(61613, hanging);
    FutureTask<Void> opening =
        new FutureTask<>(
            () -> {
              transport.open(Duration.ofMinutes(1));
              return null;
            });
    Thread opener = new Thread(opening);
    opener.start();
    await().atMost(LIMIT).until(() -> opener.getState() == Thread.State.TIMED_WAITING);

    transport.close();

    assertThat(opening)
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(SocketException.class);
  }

  @Test
  void whoAsksForANameThatIsBeingLookedUpWaitsForTheSameAnswer() {
    List<CompletableFuture<List<InetAddress>>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(hanging.find("broker.example"));
    }
    answers.get(0).cancel(false);
    never.complete(List.of(InetAddress.getLoopbackAddress()));

    assertThat(answers.subList(1, 5))
        .allSatisfy(answer -> assertThat(answer).succeedsWithin(LIMIT));
    assertThat(questions).hasValue(1);
  }

  @Test
  void whoGivesUpIsForgottenWhileTheResolverHangs() {
    for (int i = 0; i < 1000; i++) {
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> transport(61613, hanging).open(Duration.ofMillis(1)));
    }

    assertThat(hanging.waiting("broker.example")).isZero();
    assertThat(questions).hasValue(1);
  }

  @Test
  void onlySoManyWaitForOneName() {
    for (int i = 0; i < 10_000; i++) {
      var unused = hanging.find("broker.example");
    }

    assertThat(hanging.find("broker.example"))
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("10000 wait for the addresses of 'broker.example'");
    assertThat(hanging.waiting("broker.example")).isEqualTo(10_000);
  }

  @Test
  void aNameIsLookedUpAnewForEachConnection() {
    AtomicInteger asked = new AtomicInteger();
    HostLookup counting =
        new HostLookup(
            host -> {
              asked.incrementAndGet();
              return List.of(InetAddress.getLoopbackAddress());
            });
    for (int i = 0; i < 3; i++) {
      assertThat(counting.find("broker.example")).succeedsWithin(LIMIT);
      await().atMost(LIMIT).until(() -> !isResolving());
    }

    assertThat(asked).hasValue(3);
  }

  private static boolean isResolving() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("stompbox-resolver broker.example"));
  }

  @Test
  void aNameThatIsNotKnownIsSaidToBe() {
    HostLookup unknown =
        new HostLookup(
            host -> {
              throw new UnknownHostException("no such host here");
            });

    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> transport(61613, unknown).open(LIMIT));
  }

  @Test
  void anAddressThatAnswersNobodyLeavesTimeForTheNext() throws Exception {
    InetAddress dead = InetAddress.getByName("127.0.0.2");
    InetAddress alive = InetAddress.getLoopbackAddress();
    try (ServerSocket full = new ServerSocket(0, 1, dead);
        ServerSocket server = new ServerSocket(full.getLocalPort(), 10, alive)) {
      List<Socket> waiting = fill(full);
      HostLookup both = new HostLookup(host -> List.of(dead, alive));
      try (SocketTransport transport = transport(server.getLocalPort(), both)) {
        transport.open(Duration.ofSeconds(2));

        assertThat(server.accept().getLocalAddress()).isEqualTo(alive);
      }
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Connects until the server's backlog is full: from then on nothing answers. */
  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    while (sockets.size() < 20) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
        sockets.add(socket);
      } catch (SocketTimeoutException full) {
        socket.close();
        return sockets;
      }
    }
    throw new AssertionError("the backlog takes everybody");
  }

  private static SocketTransport transport(int port, HostLookup hosts) {
    return new SocketTransport(
        BrokerAddress.parse("stomp://broker.example:" + port),
        TransportOptions.defaults(),
        new TlsLayer(TlsOptions.defaults()),
        hosts);
  }
}
