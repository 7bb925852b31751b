package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.PoisonMessageException;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue that is full and refuses, for which RabbitMQ closes the connection without a word. */
class RefusingQueueTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CAPACITY = 10;
  private static final int SENDS = 200;

  /** One is to be expected; what else was underway on a slow machine costs some more. */
  private static final int MOST_RECONNECTS_PER_REFUSED = 2;

  private static final BrokerUnderTest RABBITMQ = new BrokerUnderTest(BrokerKind.RABBITMQ);

  @AfterAll
  static void stopBroker() {
    RABBITMQ.stop();
  }

  @AfterEach
  void noThreadIsLeft() {
    LiveThreads.awaitNoneOfClients();
  }

  @Test
  void whatItRefusesIsRejectedAndTheSendsBetweenAreConfirmed() throws Exception {
    Outgoing full = Outgoing.to("/queue/refusing-when-full");
    Outgoing open = Outgoing.to("/queue/open");
    List<Confirmation> toFull = new ArrayList<>();
    List<Confirmation> toOpen = new ArrayList<>();
    try (StompClient client = RABBITMQ.connect(Version.V1_2)) {
      for (int i = 0; i < SENDS / 2; i++) {
        toFull.add(client.sendConfirmed(full.text("f" + i)));
        toOpen.add(client.sendConfirmed(open.text("o" + i)));
      }
      for (Confirmation confirmation : toOpen) {
        assertThat(confirmation.await(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Confirmation confirmation : toFull) {
        confirmation.stage().toCompletableFuture().thenAccept(outcomes::add).get();
      }

      List<Outcome> refused = outcomes.stream().filter(Outcome.Rejected.class::isInstance).toList();
      assertThat(refused)
          .hasSizeBetween(SENDS / 2 - 2 * CAPACITY, SENDS / 2 - CAPACITY)
          .allSatisfy(
              outcome ->
                  assertThat(((Outcome.Rejected) outcome).cause())
                      .isInstanceOf(PoisonMessageException.class));
      assertThat(client.epoch() - 1)
          .isLessThanOrEqualTo(MOST_RECONNECTS_PER_REFUSED * refused.size());
    }
    assertThat(RABBITMQ.drain("/queue/open").stream().distinct())
        .containsExactlyElementsOf(IntStream.range(0, SENDS / 2).mapToObj(i -> "o" + i).toList());
  }
}
