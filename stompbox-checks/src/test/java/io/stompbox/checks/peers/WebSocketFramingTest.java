package io.stompbox.checks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.WebSocketPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames of STOMP and messages of WebSocket need not have the same borders. */
class WebSocketFramingTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final SubscribeOptions OPTIONS =
      SubscribeOptions.defaults().with(Acknowledgement.BROKER);

  private final ScriptedBroker broker = ScriptedBroker.start();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void twoFramesInOneMessageAreTwoFrames() throws Exception {
    assertReceived(
        (stomp, subscribe) -> stomp.send(message(subscribe, "1") + message(subscribe, "2")));
  }

  @Test
  void oneFrameInTwoMessagesIsOneFrame() throws Exception {
    assertReceived(
        (stomp, subscribe) -> {
          String first = message(subscribe, "1");
          stomp.send(first.substring(0, 12));
          stomp.send(first.substring(12));
          String second = message(subscribe, "2");
          stomp.send(second.substring(0, second.length() - 3));
          stomp.send(second.substring(second.length() - 3));
        });
  }

  @FunctionalInterface
  private interface Sending {
    void send(Peer stomp, Frame subscribe);
  }

  private void assertReceived(Sending sending) throws Exception {
    broker.onConnection(
        peer -> {
          Peer stomp = WebSocketPeer.of(peer).accept("v12.stomp").stomp();
          stomp.handshake("1.2");
          Frame subscribe = stomp.expect("SUBSCRIBE");
          stomp.receiptFor(subscribe);
          sending.send(stomp, subscribe);
          stomp.receiptFor(stomp.expect("DISCONNECT"));
        });
    try (StompClient client = StompClient.connect("ws://127.0.0.1:" + broker.port() + "/stomp")) {
      Subscription subscription = client.subscribe("/queue/a", OPTIONS);

      assertThat(subscription.receive(LIMIT).orElseThrow().text()).isEqualTo("body 1");
      assertThat(subscription.receive(LIMIT).orElseThrow().text()).isEqualTo("body 2");
      assertThat(client.epoch()).isEqualTo(1);
    }
    broker.assertScriptsDone();
  }

  private static String message(Frame subscribe, String id) {
    return "MESSAGE\nmessage-id:"
        + id
        + "\ndestination:/queue/a\nsubscription:"
        + subscribe.require("id")
        + "\n\nbody "
        + id
        + "^@";
  }
}
