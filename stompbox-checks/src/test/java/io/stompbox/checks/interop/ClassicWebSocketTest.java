package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.client.ClientObserver;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.session.HeartBeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * STOMP over WebSocket with ActiveMQ Classic, which wants a sub-protocol and text, takes one frame
 * a message, loses a second one in it, and closes where a frame is spread over several.
 */
class ClassicWebSocketTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final BrokerService BROKER = new BrokerService();

  private static String uri;

  @BeforeAll
  static void startBroker() throws Exception {
    BROKER.setBrokerName("classic-websocket");
    BROKER.setPersistent(false);
    BROKER.setUseJmx(false);
    TransportConnector connector = BROKER.addConnector("ws://127.0.0.1:0");
    BROKER.start();
    BROKER.waitUntilStarted();
    uri = "ws://127.0.0.1:" + connector.getConnectUri().getPort() + "/";
  }

  @AfterAll
  static void stopBroker() throws Exception {
    BROKER.stop();
    BROKER.waitUntilStopped();
  }

  @AfterEach
  void noThreadIsLeft() {
    LiveThreads.awaitNoneOfClients();
  }

  @Test
  void framesOfAllSizesArriveInOrderAndAreConfirmed() throws Exception {
    List<String> texts = new ArrayList<>(List.of("hi", "äöü €\n😀", "x".repeat(59_000)));
    for (int i = 0; i < 200; i++) {
      texts.add("message " + i);
    }
    try (StompClient client = StompClient.connect(uri);
        Subscription subscription = client.subscribe("/queue/classic")) {
      List<Confirmation> sent = new ArrayList<>();
      for (String text : texts) {
        sent.add(client.sendConfirmed(Outgoing.to("/queue/classic").text(text)));
      }
      for (Confirmation confirmation : sent) {
        confirmation.await(LIMIT);
      }
      for (String text : texts) {
        Delivery delivery = subscription.receive(LIMIT).orElseThrow();
        assertThat(delivery.text()).isEqualTo(text);
        delivery.ack();
      }
      assertThat(client.epoch()).isEqualTo(1);
      assertThat(client.profile().name()).isEqualTo("ActiveMQ Classic");
    }
  }

  @Test
  void heartBeatsGoBothWays() throws Exception {
    CountDownLatch sent = new CountDownLatch(5);
    CountDownLatch received = new CountDownLatch(5);
    ClientObserver counting =
        new ClientObserver() {
          @Override
          public void onHeartBeatSent(int epoch) {
            sent.countDown();
          }

          @Override
          public void onHeartBeatReceived(int epoch) {
            received.countDown();
          }
        };
    Offer often = Offer.standard().with(new HeartBeat(200, 200));
    try (StompClient client = StompClient.builder(uri).offer(often).observer(counting).connect()) {
      assertThat(sent.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(received.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      client.sendConfirmed(Outgoing.to("/queue/beats").text("x")).await(LIMIT);

      assertThat(client.epoch()).isEqualTo(1);
    }
  }
}
