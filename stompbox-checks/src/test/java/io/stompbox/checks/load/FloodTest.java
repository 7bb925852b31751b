package io.stompbox.checks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Far more messages than memory, for a handler that is slower than the network. */
class FloodTest {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final long MANY = Long.getLong("load.messages", 10_000_000);

  @Fault("F33")
  @Test
  void aFloodLeavesTheMemoryAloneAndKeepsItsOrder() throws Exception {
    flood(100_000, "-Xmx32m");
  }

  @Tag(Fault.SOAK)
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @Fault("F33")
  @Test
  void tenMillionMessagesLeaveTheMemoryAloneAndKeepTheirOrder() throws Exception {
    flood(MANY, "-Xmx128m");
  }

  private static void flood(long number, String heap) throws Exception {
    try (JavaProcess peer = JavaProcess.start(LoadPeer.class, List.of("-Xmx64m"))) {
      int port = peer.hearNumber(LIMIT);
      long start = System.nanoTime();
      try (JavaProcess client =
          JavaProcess.start(FloodedClient.class, List.of(heap), port, number)) {
        assertThat(client.hear(LIMIT)).isEqualTo("subscribed");
        peer.say("flood " + number);

        assertThat(client.hear(LIMIT)).isEqualTo(number + " in order but 0, in epoch 1");
        String flooded = peer.hear(LIMIT);
        System.out.printf(
            "flood: %d messages, %s, %.1f s%n", number, flooded, (System.nanoTime() - start) / 1e9);
        assertThat(flooded).doesNotEndWith(" 0");
      }
    }
  }
}
