package io.stompbox.checks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.matrix.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that comes back meets all its clients at once. */
class ConnectionStormTest {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final int MANY = Integer.getInteger("load.connections", 10_000);

  /** What the stacks and buffers of that many platform threads need. */
  private static final List<String> JVM = List.of("-Xmx4g", "-Xss256k");

  @Fault("F49")
  @Test
  void everybodyWhoLostTheConnectionAtOnceComesBackAndLeavesNothing() throws Exception {
    storm(100);
  }

  @Tag(Fault.SOAK)
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @Fault("F49")
  @Test
  void tenThousandWhoLostTheConnectionAtOnceComeBackAndLeaveNothing() throws Exception {
    storm(MANY);
  }

  private static void storm(int number) throws Exception {
    try (JavaProcess peer = JavaProcess.start(LoadPeer.class, List.of())) {
      int port = peer.hearNumber(LIMIT);
      try (JavaProcess clients = JavaProcess.start(StormClients.class, JVM, port, number)) {
        Resources before = Resources.of(clients.hear(LIMIT));
        int connecting = clients.hearNumber(LIMIT);
        Resources connected = Resources.of(clients.hear(LIMIT));
        clients.say("wait for it");
        peer.say("drop");
        assertThat(peer.hear(LIMIT)).isEqualTo("dropped " + number);
        String[] back = clients.hear(LIMIT).split(" ", -1);
        peer.say("count");
        assertThat(peer.hear(LIMIT)).startsWith(number + " of ");
        clients.say("close");
        Resources after = Resources.of(clients.hear(LIMIT));
        System.out.printf(
            "storm: %d connected in %d ms, back after %s ms with %s a second at most;"
                + " before %s, connected %s, after %s%n",
            number, connecting, back[0], back[1], before, connected, after);

        assertThat(after.clients()).isZero();
        assertThat(connected.descriptors() - after.descriptors())
            .isBetween(number - 20L, number + 20L);
        assertNobodyIsLeft(peer);
      }
    }
  }

  private static void assertNobodyIsLeft(JavaProcess peer) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              peer.say("count");
              return peer.hear(LIMIT).startsWith("0 of ");
            });
  }
}
