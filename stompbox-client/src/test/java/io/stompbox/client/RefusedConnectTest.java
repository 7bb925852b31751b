package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client does with brokers that answer CONNECT with a refusal. */
class RefusedConnectTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ScriptedBroker first = ScriptedBroker.start();
  private final ScriptedBroker second = ScriptedBroker.start();
  private final ScriptedBroker third = ScriptedBroker.start();

  @AfterEach
  void stopBrokers() {
    first.close();
    second.close();
    third.close();
  }

  @Test
  void theNextBrokerOfTheListIsTriedAndTheRefusedConnectionClosed() throws Exception {
    first.onConnection(peer -> refuse(peer, "wrong login"));
    second.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(both()).connect()) {
      assertThat(client.toString()).contains(second.uri());
    }
    first.assertScriptsDone();
    second.assertScriptsDone();
  }

  @Test
  void whenAllRefuseEachIsAskedOnceAndTheErrorHasTheWordsOfEach() throws Exception {
    first.onConnection(peer -> refuse(peer, "wrong login"));
    second.onConnection(peer -> refuse(peer, "who are you"));
    StompClientBuilder builder =
        Clients.fast(both())
            .reconnect(ReconnectPolicy.standard().withStartupRetries(ReconnectPolicy.FOREVER))
            .credentials("op", "s3cret");

    assertThatThrownBy(builder::connect)
        .isInstanceOf(BrokerErrorException.class)
        .hasMessageContaining("CONNECT to " + first.uri() + ": \"wrong login\"")
        .hasMessageContaining("CONNECT to " + second.uri() + ": \"who are you\"");
    first.assertScriptsDone();
    second.assertScriptsDone();
  }

  @Test
  void aRefusalIsFinalOnceTheOthersCannotBeReached() {
    first.onConnection(peer -> refuse(peer, "wrong login"));
    second.close();
    StompClientBuilder builder =
        Clients.fast(both())
            .reconnect(ReconnectPolicy.standard().withStartupRetries(ReconnectPolicy.FOREVER));

    assertThatThrownBy(builder::connect)
        .isInstanceOf(BrokerErrorException.class)
        .hasMessageContaining("wrong login")
        .hasMessageContaining("cannot connect to " + second.uri());
  }

  @Test
  void theRefusalOfTheOnlyBrokerIsFinalAtOnce() throws Exception {
    first.onConnection(peer -> refuse(peer, "wrong login"));
    StompClientBuilder builder =
        Clients.fast(first.uri())
            .reconnect(ReconnectPolicy.standard().withStartupRetries(ReconnectPolicy.FOREVER));

    assertThatThrownBy(builder::connect)
        .isInstanceOf(BrokerErrorException.class)
        .hasMessageContaining("wrong login");
    first.assertScriptsDone();
  }

  @Test
  void aPasscodeThatTheBrokerRepeatsIsHidden() {
    first.onConnection(peer -> refuse(peer, "op may not use s3cret here"));

    assertThatThrownBy(() -> Clients.fast(first.uri()).credentials("op", "s3cret").connect())
        .isInstanceOfSatisfying(
            BrokerErrorException.class,
            error -> assertThat(error.frame().toString()).doesNotContain("s3cret"))
        .hasMessageContaining("op may not use *** here");
  }

  @Test
  void duringRecoveryAllBrokersAreTriedBeforeTwoRefusalsAreFinal() {
    for (ScriptedBroker broker : new ScriptedBroker[] {second, third}) {
      broker.otherwise(peer -> refuse(peer, "not yet"));
    }
    first.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    first.onConnection(peer -> refuse(peer, "wrong login"));
    String all = "failover:(" + first.uri() + "," + second.uri() + "," + third.uri() + ")";
    try (StompClient client = Clients.fast(all).connect()) {
      await().atMost(LIMIT).until(() -> client.state() == ClientState.FAILED);

      assertThatThrownBy(() -> client.send("/queue/a", "x"))
          .hasMessageContaining(first.uri())
          .hasMessageContaining(second.uri())
          .hasMessageContaining(third.uri());
    }
  }

  private String both() {
    return "failover:(" + first.uri() + "," + second.uri() + ")";
  }

  private static void refuse(Peer peer, String words) {
    peer.expect("CONNECT");
    peer.send("ERROR\nmessage:" + words + "\n\n^@");
    peer.expectEnd();
  }
}
