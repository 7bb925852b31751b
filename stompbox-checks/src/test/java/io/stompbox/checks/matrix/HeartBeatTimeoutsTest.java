package io.stompbox.checks.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.checks.matrix.Certificates.Kind;
import io.stompbox.client.ClientObserver;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.client.Offer;
import io.stompbox.client.TimeSource;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that fall silent by the thousand. */
class HeartBeatTimeoutsTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int AT_A_TIME = 20;

  /** Files and sockets that come and go with what the JVM does by itself. */
  private static final int NOISE = 50;

  @TempDir private static Path folder;
  private static Certificates certificates;
  private static SSLContext before;

  private final ManualClock clock = new ManualClock();
  private final AtomicInteger silent = new AtomicInteger();

  @BeforeAll
  static void trustTheAuthority() throws Exception {
    certificates = Certificates.in(folder);
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificates.client());
  }

  @AfterAll
  static void restoreTrust() {
    SSLContext.setDefault(before);
  }

  @Test
  void aHundredOverTlsEndTheirConnectionsAndLeaveNothingBehind() throws Exception {
    timeOutInRounds(5);
  }

  @Tag(Fault.SOAK)
  @Test
  void aThousandOverTlsEndTheirConnectionsAndLeaveNothingBehind() throws Exception {
    timeOutInRounds(50);
  }

  private void timeOutInRounds(int rounds) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (SSLServerSocket server = certificates.listen(Kind.GOOD)) {
      threads.execute(() -> acceptAll(server, threads));
      timeOut(server.getLocalPort());
      long descriptors = descriptors();

      for (int round = 1; round < rounds; round++) {
        timeOut(server.getLocalPort());
      }

      assertThat(silent).hasValue(rounds * AT_A_TIME);
      await().atMost(LIMIT).until(() -> LiveThreads.ofClients().isEmpty());
      await().atMost(LIMIT).until(() -> descriptors() < descriptors + NOISE);
    } finally {
      threads.shutdown();
    }
  }

  /** Opens connections, lets time pass until all are given up, and lets go of them. */
  private void timeOut(int port) {
    TimeSource time = TimeSource.of(clock::nanoTime, clock.timer());
    ConnectOptions options =
        ConnectOptions.defaults().with(time).with(Offer.standard().with(new HeartBeat(1000, 1000)));
    ClientObserver counting =
        new ClientObserver() {
          @Override
          public void onHeartBeatTimeout(int epoch, Duration silence) {
            silent.incrementAndGet();
          }
        };
    BrokerAddress broker = BrokerAddress.parse("stomp+ssl://127.0.0.1:" + port);
    List<Connection> open = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      open.add(Connection.open(broker, options, counting));
    }
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              return open.stream().allMatch(one -> one.ended().toCompletableFuture().isDone());
            });
    for (Connection connection : open) {
      assertThat(connection.ended())
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withMessageContaining("nothing was heard for");
      connection.close();
    }
  }

  private static void acceptAll(SSLServerSocket server, ExecutorService threads) {
    try {
      while (true) {
        SSLSocket socket = (SSLSocket) server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  /** Promises heart-beats and sends none. */
  private static void serve(SSLSocket socket) {
    try (socket;
        InputStream input = socket.getInputStream()) {
      int octet = input.read();
      while (octet > 0) {
        octet = input.read();
      }
      socket
          .getOutputStream()
          .write("CONNECTED\nversion:1.2\nheart-beat:1000,1000\n\n\0".getBytes(UTF_8));
      while (octet >= 0) {
        octet = input.read();
      }
    } catch (IOException left) {
      // The client has given up, as it should.
    }
  }

  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}
