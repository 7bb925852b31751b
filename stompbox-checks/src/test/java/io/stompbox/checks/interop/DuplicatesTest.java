package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.DuplicateDetection;
import io.stompbox.client.DuplicateFilter;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.Fault;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Place;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A send that is repeated because its receipt was lost, and what its consumer can know of that. */
class DuplicatesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MARK = "possible-duplicate";

  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  private final String queue = "/queue/" + BROKERS.newName("duplicates");
  private final List<String> handled = new CopyOnWriteArrayList<>();

  @EachBroker
  void theSecondCopyIsMarked(BrokerUnderTest broker) throws Exception {
    sendTwice(broker);
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.subscribe(
          queue, delivery -> handled.add(delivery.text() + delivery.headers().values(MARK)));
      await().atMost(LIMIT).until(() -> handled.contains("behind it[]"));
    }
    assertThat(handled).containsExactly("x[]", "x[true]", "behind it[]");
  }

  @EachBroker
  void theSecondCopyIsDroppedByAFilterAndDoesNotComeAgain(BrokerUnderTest broker) throws Exception {
    sendTwice(broker);
    SubscribeOptions once = SubscribeOptions.defaults().with(DuplicateFilter.byHeader("order-id"));
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.subscribe(queue, once, delivery -> handled.add(delivery.text()));
      await().atMost(LIMIT).until(() -> handled.contains("behind it"));

      assertThat(client.received().duplicates()).isEqualTo(1);
    }
    assertThat(handled).containsExactly("x", "behind it");
    assertThat(broker.drain(queue)).isEmpty();
  }

  private void sendTwice(BrokerUnderTest broker) throws Exception {
    try (FaultProxy proxy = broker.newProxy();
        StompClient client =
            StompClient.builder(broker.kind().uri(proxy.port()))
                .duplicateDetection(new DuplicateDetection.InHeader("order-id"))
                .markRepeats(MARK)
                .connect()) {
      proxy.onConnection(1).down(Fault.reset(Place.before("RECEIPT", 1)));
      Outcome outcome = client.sendConfirmed(Outgoing.to(queue).text("x")).await(LIMIT);
      assertThat(outcome).isEqualTo(new Outcome.Confirmed(2, 2, true));
      client.sendConfirmed(Outgoing.to(queue).text("behind it")).await(LIMIT);
    }
  }
}
