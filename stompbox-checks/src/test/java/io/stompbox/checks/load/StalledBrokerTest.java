package io.stompbox.checks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that stops reading while a program goes on sending, in little memory. */
class StalledBrokerTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** What may be unconfirmed by default: 32 MiB, of which each send here has 64 KiB. */
  private static final int BOUND = 512;

  @Fault("F32")
  @Test
  void sendersWaitAsLongAsTheyMayAndTheStalledWriteEndsTheConnection() throws Exception {
    stall(1500, 500);
  }

  @Tag(Fault.SOAK)
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @Fault("F32")
  @Test
  void soItIsWithTheLimitsThatHoldByDefault() throws Exception {
    stall(60_000, 30_000);
  }

  private static void stall(int space, int writeStall) throws Exception {
    try (JavaProcess peer = JavaProcess.start(LoadPeer.class, List.of("-Xmx64m"))) {
      int port = peer.hearNumber(LIMIT);
      peer.say("stall");
      assertThat(peer.hear(LIMIT)).isEqualTo("stalled");
      try (JavaProcess sender =
          JavaProcess.start(StalledSender.class, List.of("-Xmx80m"), port, space, writeStall)) {
        int sent = sender.hearNumber(LIMIT);
        int waited = sender.hearNumber(LIMIT);
        String loss = sender.hear(LIMIT);
        System.out.printf("stall: %d sends went in, the next waited %d ms%n", sent, waited);

        assertThat(sent).isBetween(BOUND / 2, BOUND);
        assertThat(waited).isGreaterThanOrEqualTo(space);
        assertThat(loss).contains("took no octet for");
      }
    }
  }
}
