package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.client.transport.WebSocketOptions;
import io.stompbox.client.transport.WebSocketOptions.SendAs;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Body;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** STOMP over WebSocket with RabbitMQ, which sends any body as text. */
class RabbitWebSocketTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static RabbitNode node;
  private static RabbitBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    assumeTrue(RabbitBroker.isInstalled(), "RabbitMQ is not installed");
    node = RabbitNode.withWebSocket();
    broker = RabbitBroker.start(node);
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @AfterEach
  void noThreadIsLeft() {
    LiveThreads.awaitNoneOfClients();
  }

  @ParameterizedTest
  @EnumSource
  void bodiesOfAllSizesAndKindsArrive(SendAs kind) throws Exception {
    byte[] octets = new byte[200_000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) i;
    }
    List<Body> bodies =
        List.of(Body.empty(), Body.of("äöü €\n😀\0"), Body.of(octets), Body.of("x".repeat(59_990)));
    String queue = "/queue/websocket-" + kind;
    try (StompClient client = connect(kind);
        Subscription subscription = client.subscribe(queue)) {
      for (Body body : bodies) {
        client.sendConfirmed(Outgoing.to(queue).bytes(body.toBytes())).await(LIMIT);
      }
      for (Body body : bodies) {
        assertThat(subscription.receive(LIMIT).orElseThrow().body()).isEqualTo(body);
      }
    }
  }

  /** The plugin may listen a little later than STOMP does. */
  private static StompClient connect(SendAs kind) {
    WebSocketOptions options = WebSocketOptions.defaults().with(kind);
    return StompClient.builder("ws://guest:guest@127.0.0.1:" + node.webPort() + "/ws")
        .connect(ConnectOptions.defaults().with(TransportFactory.sockets(options)))
        .offer(Offer.standard().withVirtualHost("/"))
        .reconnect(ReconnectPolicy.standard().withStartupRetries(50))
        .connect();
  }
}
