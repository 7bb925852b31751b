package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who gets a message of the broker in the test kit. */
class EmbeddedBrokerTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<String> TEXTS =
      IntStream.range(0, 10).mapToObj(number -> "message " + number).toList();

  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final List<String> first = new CopyOnWriteArrayList<>();
  private final List<String> second = new CopyOnWriteArrayList<>();

  @Test
  void everySubscriberOfATopicGetsEveryMessage() throws Exception {
    sendToTwoConsumers("/topic/news", 2 * TEXTS.size());

    assertThat(first).isEqualTo(TEXTS);
    assertThat(second).isEqualTo(TEXTS);
  }

  @Test
  void theConsumersOfAQueueTakeTurns() throws Exception {
    sendToTwoConsumers("/queue/jobs", TEXTS.size());

    assertThat(first).hasSize(TEXTS.size() / 2);
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    assertThat(all).containsExactlyInAnyOrderElementsOf(TEXTS);
  }

  private void sendToTwoConsumers(String destination, int deliveries) throws Exception {
    try (StompClient one = StompClient.connect(broker.uri());
        StompClient other = StompClient.connect(broker.uri())) {
      one.subscribe(destination, delivery -> first.add(delivery.text()));
      other.subscribe(destination, delivery -> second.add(delivery.text()));
      for (String text : TEXTS) {
        one.sendConfirmed(Outgoing.to(destination).text(text)).await(LIMIT);
      }
      await().atMost(LIMIT).until(() -> first.size() + second.size() >= deliveries);
    }
    assertThat(first.size() + second.size()).isEqualTo(deliveries);
  }
}
