package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.client.ClientState;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Delivery;
import io.stompbox.client.Offer;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.client.transport.WebSocketOptions;
import io.stompbox.client.transport.WebSocketOptions.SendAs;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** STOMP over WebSocket with Artemis, which takes both on one port. */
class WebSocketInteropTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final AtomicInteger QUEUES = new AtomicInteger();

  private static ArtemisBroker broker;

  private final String queue = "/queue/websocket-" + QUEUES.incrementAndGet();

  @BeforeAll
  static void startBroker() {
    broker = ArtemisBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void noThreadIsLeft() {
    LiveThreads.awaitNoneOfClients();
  }

  @ParameterizedTest
  @EnumSource
  void bodiesOfAllSizesAndKindsArriveAndAreAcknowledged(SendAs kind) throws Exception {
    byte[] octets = new byte[1 << 20];
    new Random(7).nextBytes(octets);
    List<Body> bodies =
        List.of(
            Body.empty(),
            Body.of("äöü €\n😀\0"),
            Body.of("😀".repeat(1 << 18)),
            Body.of(octets),
            Body.of("x".repeat(59_990)));
    try (StompClient client = connect(broker.port(), kind)) {
      Subscription subscription = client.subscribe(queue);
      for (Body body : bodies) {
        client.sendConfirmed(Outgoing.to(queue).bytes(body.toBytes())).await(LIMIT);
      }
      for (Body body : bodies) {
        Delivery delivery = subscription.receive(LIMIT).orElseThrow();
        assertThat(delivery.body()).isEqualTo(body);
      }
      assertThat(subscription.receive(Duration.ZERO)).isEmpty();
    }
    try (StompClient client = connect(broker.port(), kind)) {
      assertThat(client.subscribe(queue).receive(Duration.ofMillis(100))).isEmpty();
    }
  }

  @Test
  void heartBeatsKeepAnIdleConnection() {
    ConnectOptions options =
        ConnectOptions.defaults().with(Offer.standard().with(new HeartBeat(500, 500)));
    try (StompClient client = StompClient.builder(uri(broker.port())).connect(options).connect()) {
      assertThat(client.agreement().heartBeat()).isEqualTo(new HeartBeat(500, 500));
      await()
          .during(Duration.ofSeconds(3))
          .atMost(LIMIT)
          .until(() -> client.state() == ClientState.CONNECTED);
    }
  }

  @Test
  void theClientRecoversWhenTheConnectionIsCut() throws Exception {
    try (FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port());
        StompClient client = connect(proxy.port(), SendAs.TEXT)) {
      Subscription subscription = client.subscribe(queue);
      assertThat(proxy.cut()).isEqualTo(1);

      Outcome outcome = client.sendConfirmed(Outgoing.to(queue).text("after")).await(LIMIT);

      assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
      assertThat(subscription.receive(LIMIT).orElseThrow().text()).isEqualTo("after");
    }
  }

  private static StompClient connect(int port, SendAs kind) {
    WebSocketOptions options = WebSocketOptions.defaults().with(kind);
    return StompClient.builder(uri(port))
        .connect(ConnectOptions.defaults().with(TransportFactory.sockets(options)))
        .connect();
  }

  private static String uri(int port) {
    return "ws://127.0.0.1:" + port + "/stomp";
  }
}
