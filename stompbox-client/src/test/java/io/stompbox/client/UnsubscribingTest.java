package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.ScriptedBroker;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Ending subscriptions by what they are known by. */
class UnsubscribingTest {
  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aSubscriptionIsEndedByItsIdAndAnUnknownIdDoesNoHarm() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Clients.subscribed(peer);
          Clients.subscribed(peer);
          assertThat(peer.expect("UNSUBSCRIBE").require("id")).isEqualTo("mine");
          peer.expect("SEND");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe("/queue/a", SubscribeOptions.defaults().withId("mine"));
      Subscription other = client.subscribe("/queue/a");

      assertThat(client.unsubscribe("mine")).isTrue();
      assertThat(client.unsubscribe("mine")).isFalse();
      assertThat(client.unsubscribe("nobody's")).isFalse();
      assertThat(client.subscriptions()).containsExactly(other);
      client.send("/queue/b", "nothing came between");
      broker.assertScriptsDone();
    }
  }

  @Test
  void allSubscriptionsToADestinationAreEndedTogetherAndAgainDoesNoHarm() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String first = Clients.subscribed(peer).require("id");
          String second = Clients.subscribed(peer).require("id");
          Clients.subscribed(peer);
          assertThat(peer.expect("UNSUBSCRIBE").require("id")).isEqualTo(first);
          assertThat(peer.expect("UNSUBSCRIBE").require("id")).isEqualTo(second);
          peer.expect("SEND");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe("/queue/a");
      client.subscribe("/queue/a");
      Subscription other = client.subscribe("/queue/b");

      assertThat(client.unsubscribeFrom("/queue/a")).isEqualTo(2);
      assertThat(client.unsubscribeFrom("/queue/a")).isZero();
      assertThat(client.subscriptions()).containsExactly(other);
      client.send("/queue/c", "nothing came between");
      broker.assertScriptsDone();
    }
  }
}
