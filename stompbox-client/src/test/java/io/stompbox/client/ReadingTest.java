package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a subscription asks of the broker beyond STOMP. */
class ReadingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String CLASSIC = "ActiveMQ/6.3.1";
  private static final String ARTEMIS = "ActiveMQ-Artemis/2.55.0";
  private static final String RABBIT = "RabbitMQ/3.10.8";

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  private static void connected(Peer peer, String server) {
    peer.expect("CONNECT");
    peer.send("CONNECTED\nversion:1.2\nserver:" + server + "\n\n^@");
  }

  @Test
  void selectorDurableNameAndExclusivenessAreSaidInTheWordsOfTheBroker() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer, CLASSIC);
          assertThat(Clients.subscribed(peer).headers().asMap())
              .containsEntry("selector", "price > 10")
              .containsEntry("activemq.subscriptionName", "prices")
              .containsEntry("activemq.exclusive", "true");
        });
    try (StompClient client = connectAs("shop")) {
      client.subscribe(
          "/topic/prices",
          SubscribeOptions.defaults().selector("price > 10").durable("prices").exclusive());
      broker.assertScriptsDone();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RabbitMQ/3.10.8,         selector,  RabbitMQ has no header for a subscription with the sel",
    "RabbitMQ/3.10.8,         exclusive, RabbitMQ has no header for an exclusive subscription",
    "RabbitMQ/3.10.8,         browse,    RabbitMQ has no header for browsing",
    "ActiveMQ-Artemis/2.55.0, browse,    Artemis has no header for browsing",
    "ActiveMQ-Artemis/2.55.0, exclusive, Artemis has no header for an exclusive subscription",
    "ActiveMQ-Artemis/2.55.0, durable,   Artemis knows the durable subscription n by the client",
    "ActiveMQ/6.3.1,          durable,   ActiveMQ Classic knows the durable subscription n by th",
    "somebody,                durable,   no header is known for the durable subscription n",
    "somebody,                browse,    no header is known for browsing",
  })
  void whatTheBrokerCantDoIsRefusedBeforeItHearsOfIt(String server, String wish, String message)
      throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer, server);
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    SubscribeOptions plain = SubscribeOptions.defaults();
    SubscribeOptions options =
        switch (wish) {
          case "selector" -> plain.selector("a = 1");
          case "exclusive" -> plain.exclusive();
          case "browse" -> plain.browse();
          default -> plain.durable("n");
        };
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.subscribe("/queue/a", options))
          .withMessageContaining(message);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aSubscriptionThatAnotherBrokerCantMakeFailsAndTheOthersGoOn() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          connected(peer, CLASSIC);
          Clients.subscribed(peer);
          Clients.subscribed(peer);
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          connected(peer, RABBIT);
          Frame subscribe = Clients.subscribed(peer);
          assertThat(subscribe.require("destination")).isEqualTo("/queue/b");
          failed.await();
          peer.message(subscribe, "1", "goes on");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription selecting =
          client.subscribe("/queue/a", SubscribeOptions.defaults().selector("a = 1"));
      Subscription other = client.subscribe("/queue/b");

      assertThatThrownBy(() -> selecting.receive(LIMIT))
          .isInstanceOf(SubscriptionStoppedException.class)
          .hasMessageContaining("RabbitMQ has no header for a subscription with the selector");
      failed.countDown();
      assertThat(other.receive(LIMIT).orElseThrow().text()).isEqualTo("goes on");
    }
  }

  @Test
  void aBrowserCantAcknowledge() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubscribeOptions.defaults().browse().with(Acknowledgement.MANUAL))
        .withMessageContaining("but the acknowledgement is MANUAL");
  }

  @ParameterizedTest
  @CsvSource({ARTEMIS + ", durable-subscription-name", RABBIT + ", x-queue-name"})
  void aDurableSubscriptionIsRemovedByAnUnsubscribeWithItsName(String server, String header)
      throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer, server);
          Frame subscribe = Clients.subscribed(peer);
          Frame unsubscribe = peer.expect("UNSUBSCRIBE");
          assertThat(unsubscribe.require("id")).isEqualTo(subscribe.require("id"));
          assertThat(unsubscribe.require(header)).isEqualTo("n");
          peer.receiptFor(unsubscribe);
        });
    try (StompClient client = connectAs("shop")) {
      client.subscribe("/topic/a", SubscribeOptions.defaults().durable("n")).remove();
      broker.assertScriptsDone();
    }
  }

  @Test
  void onClassicADurableSubscriptionIsEndedBeforeItIsRemoved() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer, CLASSIC);
          Clients.subscribed(peer);
          Frame end = peer.expect("UNSUBSCRIBE");
          assertThat(end.headers().has("activemq.subscriptionName")).isFalse();
          Frame remove = peer.expect("UNSUBSCRIBE");
          assertThat(remove.require("activemq.subscriptionName")).isEqualTo("n");
          peer.send("ERROR\nmessage:in use\nreceipt-id:" + remove.require("receipt") + "\n\n^@");
          peer.expectEnd();
        });
    try (StompClient client = connectAs("shop")) {
      Subscription subscription =
          client.subscribe("/topic/a", SubscribeOptions.defaults().durable("n"));

      assertThatThrownBy(subscription::remove)
          .isInstanceOf(BrokerErrorException.class)
          .hasMessageContaining("in use");
      assertThatThrownBy(subscription::remove)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("can't be removed");
    }
  }

  @Test
  void whatIsNotDurableIsNotRemoved() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer, CLASSIC);
          Clients.subscribed(peer);
        });
    try (StompClient client = connectAs("shop")) {
      Subscription subscription = client.subscribe("/topic/a");

      assertThatThrownBy(subscription::remove)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is not durable; close() ends it");
      assertThat(subscription.isOpen()).isTrue();
    }
  }

  private StompClient connectAs(String clientId) {
    return Clients.fast(broker.uri())
        .offer(Offer.standard().withHeader("client-id", clientId))
        .connect();
  }
}
