package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.client.BrokerProfile;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.client.transport.WebSocketOptions;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.session.Commands;
import io.stompbox.protocol.session.FrameOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * STOMP over WebSocket with Spring's simple broker, which acknowledges nothing and sends no
 * receipts.
 */
class SpringWebSocketTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static SpringBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SpringBroker.start(folder);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @AfterEach
  void noThreadIsLeft() {
    LiveThreads.awaitNoneOfClients();
  }

  /** SockJS has its plain WebSocket behind the path of its endpoint. */
  @ParameterizedTest
  @ValueSource(strings = {"/stomp", "/sockjs/websocket"})
  void textOfAllSizesArrives(String path) throws Exception {
    List<String> texts = List.of("hi", "äöü €\n😀", "x".repeat(30_000));
    String topic = "/topic" + path;
    WebSocketOptions options = WebSocketOptions.defaults().withMaxMessage(8_000);
    BrokerAddress address = BrokerAddress.parse("ws://127.0.0.1:" + broker.port() + path);
    try (Connection connection =
        Connection.open(
            address, ConnectOptions.defaults().with(TransportFactory.sockets(options)))) {
      Commands commands = connection.commands();
      connection.send(commands.subscribe(topic, "s", "auto", FrameOptions.NONE));
      for (String text : texts) {
        connection.send(commands.send(topic, Body.of(text), FrameOptions.NONE));
      }
      for (String text : texts) {
        assertThat(connection.receive(LIMIT).orElseThrow().text()).isEqualTo(text);
      }
    }
  }

  @Test
  void aClientThatKnowsTheBrokerWaitsForNoReceiptsAndPromisesNone() throws Exception {
    String uri = "ws://127.0.0.1:" + broker.port() + "/stomp";
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (StompClient client = StompClient.builder(uri).profile(BrokerProfile.SPRING).connect()) {
      client.subscribe("/topic/known", delivery -> received.add(delivery.text()));
      client.send("/topic/known", "hello");

      assertThat(received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("hello");
      assertThatIllegalStateException()
          .isThrownBy(() -> client.sendConfirmed(Outgoing.to("/topic/known").text("no")))
          .withMessageContaining("Spring's simple broker confirms nothing");
      assertThatIllegalStateException()
          .isThrownBy(client::begin)
          .withMessageContaining("there are no transactions");
      assertThat(client.epoch()).isEqualTo(1);
    }
  }
}
