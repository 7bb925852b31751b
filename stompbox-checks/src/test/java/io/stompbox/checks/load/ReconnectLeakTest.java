package io.stompbox.checks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client holds does not grow with the number of connections that it has had. */
class ReconnectLeakTest {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int MANY = Integer.getInteger("load.reconnects", 10_000);

  /** Octets of heap that a cycle may leave behind. */
  private static final long SLOPE = 1024;

  /** Octets of heap that come and go with what the JVM does by itself. */
  private static final long NOISE = 512 * 1024;

  @Fault("F50")
  @Test
  void hundredsOfReconnectsLeaveNothingBehind() throws Exception {
    reconnect(20, 300);
  }

  @Tag(Fault.SOAK)
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @Fault("F50")
  @Test
  void tenThousandReconnectsLeaveNothingBehind() throws Exception {
    reconnect(1000, MANY);
  }

  private static void reconnect(int warmUp, int cycles) throws Exception {
    try (JavaProcess peer = JavaProcess.start(LoadPeer.class, List.of("-Xmx64m"))) {
      int port = peer.hearNumber(LIMIT);
      try (JavaProcess client =
          JavaProcess.start(
              ReconnectingClient.class,
              List.of("-Xmx64m"),
              port,
              1 + warmUp,
              1 + warmUp + cycles)) {
        assertThat(client.hear(LIMIT)).isEqualTo("subscribed");
        peer.say("reset " + warmUp);
        Resources start = Resources.of(client.hear(LIMIT));
        long begin = System.nanoTime();
        peer.say("reset " + cycles);
        Resources end = Resources.of(client.hear(LIMIT));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Resources before = Resources.of(client.hear(LIMIT));
        Resources after = Resources.of(client.hear(LIMIT));
        System.out.printf(
            "reconnects: %d in %.1f s, from %s to %s; before the client %s, after it %s%n",
            cycles, seconds, start, end, before, after);

        assertThat(end.clients()).isEqualTo(start.clients());
        assertThat(end.descriptors()).isLessThanOrEqualTo(start.descriptors());
        assertThat(end.heap() - start.heap()).isLessThan(SLOPE * cycles + NOISE);
        assertThat(after.clients()).isZero();
      }
    }
  }
}
