package io.stompbox.checks.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A port where nobody listens for a while. */
class RefusingPortTest {
  private static final Duration REFUSED = Duration.ofSeconds(5);
  private static final BackOff DELAYS =
      new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1), 2, new BackOff.Jitter.None());

  /** In ms, before the second attempt and those that follow. */
  private static final List<Long> GROWING = List.of(100L, 200L, 400L, 800L, 1000L);

  /** The thread that calls connect does all the work, so that its time is what trying costs. */
  @Fault("F01")
  @Tag(Fault.SOAK)
  @Test
  void isTriedAfterTheDelaysThatAreSetUntilItOpensAndCostsNoTime(Invariants invariants)
      throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      serveTwice(broker);
      List<Long> warmUp = new ArrayList<>();
      connect(invariants, broker.port(), warmUp).close();
      int port = freePort();
      List<Long> attempts = new ArrayList<>();
      CompletableFuture<OctetRecorder> opened =
          CompletableFuture.supplyAsync(
              () -> open(port, broker.port()),
              CompletableFuture.delayedExecutor(REFUSED.toMillis(), TimeUnit.MILLISECONDS));
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long cpu = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();

      StompClient client = connect(invariants, port, attempts);

      long elapsed = System.nanoTime() - start;
      cpu = threads.getCurrentThreadCpuTime() - cpu;
      client.close();
      opened.join().close();
      broker.assertScriptsDone();
      assertThat(client.epoch()).isEqualTo(1);
      assertThat(Duration.ofNanos(elapsed)).isGreaterThanOrEqualTo(REFUSED.minusSeconds(1));
      assertThat(cpu).as("CPU time, in ns").isLessThan(elapsed / 20);
      assertDelays(attempts);
    }
  }

  private static void serveTwice(ScriptedBroker broker) {
    for (int i = 0; i < 2; i++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static OctetRecorder open(int port, int broker) {
    try {
      return OctetRecorder.between(port, broker);
    } catch (IOException e) {
      throw new UncheckedIOException("somebody else has taken port " + port, e);
    }
  }

  private static StompClient connect(Invariants invariants, int port, List<Long> attempts) {
    return invariants.connect(
        options ->
            StompClient.builder("stomp://127.0.0.1:" + port)
                .connect(
                    options.with(
                        address -> {
                          attempts.add(System.nanoTime());
                          return options.transports().create(address);
                        }))
                .reconnect(
                    ReconnectPolicy.standard()
                        .with(DELAYS)
                        .withStartupRetries(ReconnectPolicy.FOREVER))
                .connect());
  }

  private static void assertDelays(List<Long> attempts) {
    assertThat(attempts).hasSizeGreaterThan(GROWING.size());
    for (int i = 1; i < attempts.size(); i++) {
      long millis = TimeUnit.NANOSECONDS.toMillis(attempts.get(i) - attempts.get(i - 1));
      long wanted = GROWING.get(Math.min(i, GROWING.size()) - 1);
      assertThat(millis).as("delay before attempt %d", i + 1).isGreaterThanOrEqualTo(wanted);
    }
  }
}
