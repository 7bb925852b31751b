package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an observer sees. */
class ClientObserverTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final Notes notes = new Notes();

  private StompClientBuilder client() {
    return Clients.fast(broker.uri()).observer(notes);
  }

  /** Takes notes of everything, each in a line. */
  private static final class Notes implements ClientObserver {
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final List<Frame> frames = new CopyOnWriteArrayList<>();

    private void add(String note) {
      all.add(note);
    }

    private void awaitAll(String... expected) {
      await().atMost(LIMIT).untilAsserted(() -> assertThat(all).contains(expected));
    }

    @Override
    public void onStateChange(StateChange change) {
      add(change.from() + " to " + change.to());
    }

    @Override
    public void onConnecting(int epoch, BrokerAddress broker) {
      add(epoch + " connecting");
    }

    @Override
    public void onConnected(int epoch, Agreement agreement) {
      add(epoch + " connected " + agreement.version().text());
    }

    @Override
    public void onDisconnecting(int epoch) {
      add(epoch + " disconnecting");
    }

    @Override
    public void onDisconnected(int epoch, Optional<StompException> cause) {
      add(epoch + " disconnected" + (cause.isPresent() ? " by a fault" : ""));
    }

    @Override
    public void onFrameSent(int epoch, Frame frame) {
      add(epoch + " sent " + frame.command());
      frames.add(frame);
    }

    @Override
    public void onFrameReceived(int epoch, Frame frame) {
      add(epoch + " received " + frame.command());
      frames.add(frame);
    }

    @Override
    public void onHeartBeatSent(int epoch) {
      add(epoch + " heart-beat sent");
    }

    @Override
    public void onHeartBeatReceived(int epoch) {
      add(epoch + " heart-beat received");
    }

    @Override
    public void onHeartBeatTimeout(int epoch, Duration silence) {
      add(epoch + " silent for at least 2s: " + (silence.toSeconds() >= 2));
    }

    @Override
    public void onSendOutcome(String destination, Outcome outcome, Duration elapsed) {
      add(destination + " " + outcome.getClass().getSimpleName());
      add("elapsed is negative: " + elapsed.isNegative());
    }

    @Override
    public void onSendsLost(int epoch, int sends) {
      add(epoch + " lost " + sends);
    }

    @Override
    public void onQueueDepth(Subscription subscription, int messages) {
      add(subscription.destination() + " has " + messages);
    }

    @Override
    public void onOutgoingDepth(int epoch, int frames) {
      add(epoch + " others wait: " + frames);
    }

    @Override
    public void onDelivery(Delivery delivery) {
      add("delivered " + delivery.text());
    }

    @Override
    public void onHandled(Delivery delivery, Duration elapsed, Optional<Throwable> failure) {
      add("handled " + delivery.text() + failure.map(e -> ": " + e.getMessage()).orElse(""));
    }

    @Override
    public void onAck(Delivery delivery, AckResult result) {
      add("ack " + delivery.text() + " " + result);
    }

    @Override
    public void onNack(Delivery delivery, AckResult result) {
      add("nack " + delivery.text() + " " + result);
    }
  }

  @Test
  void seesMessagesFromTheWireToTheirAcknowledgement() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "good");
          peer.expect("ACK");
          peer.message(subscribe, "2", "bad");
          peer.expect("NACK");
          peer.message(subscribe, "3", "late");
          late.await();
          peer.reset();
        });
    broker.otherwise(
        peer -> {
          peer.expect("CONNECT");
          peer.expectEnd();
        });
    try (StompClient client = client().connect()) {
      client.subscribe(
          "/queue/a",
          delivery -> {
            if (delivery.text().equals("bad")) {
              throw new IllegalStateException("on purpose");
            }
            if (delivery.text().equals("late")) {
              late.countDown();
              gone.await();
            }
          });
      await().atMost(LIMIT).until(() -> client.state() == ClientState.RECOVERING);
      gone.countDown();
      notes.awaitAll("ack late STALE");
    }
    assertThat(notes.all)
        .containsSubsequence(
            "1 received MESSAGE",
            "/queue/a has 1",
            "delivered good",
            "handled good",
            "1 sent ACK",
            "delivered bad",
            "handled bad: on purpose",
            "1 sent NACK",
            "delivered late",
            "1 disconnected by a fault",
            "handled late",
            "ack late STALE")
        .containsSubsequence("handled good", "ack good SENT", "delivered bad", "nack bad SENT");
  }

  @Test
  void seesWhatBecomesOfSends() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          Frame refused = peer.expect("SEND");
          peer.send("ERROR\nmessage:no\nreceipt-id:" + refused.require("receipt") + "\n\n^@");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.expectEnd();
        });
    try (StompClient client = client().connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
      Confirmation refused = client.sendConfirmed(Outgoing.to("/queue/b"));
      assertThatThrownBy(() -> refused.await(LIMIT)).isInstanceOf(BrokerErrorException.class);
      Confirmation cancelled = client.sendConfirmed(Outgoing.to("/queue/c"));
      await().atMost(LIMIT).until(() -> notes.all.contains("2 sent SEND"));
      assertThat(cancelled.cancel()).isTrue();

      notes.awaitAll("/queue/a Confirmed", "/queue/b Rejected", "/queue/c Unknown");
      assertThat(notes.all)
          .contains("elapsed is negative: false")
          .doesNotContain("elapsed is negative: true");
    }
    assertThat(notes.all).contains("1 others wait: 0", "1 received ERROR");
  }

  @Test
  void seesStatesAndConnectionsInTheirOrder() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.1");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = client().connect()) {
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
      await().atMost(LIMIT).until(() -> client.state() == ClientState.CONNECTED);
    }
    assertThat(notes.all)
        .containsSubsequence(
            "1 connecting",
            "1 sent CONNECT",
            "1 received CONNECTED",
            "1 connected 1.2",
            "1 disconnected by a fault",
            "2 connecting",
            "2 connected 1.1",
            "2 disconnecting",
            "2 sent DISCONNECT",
            "2 received RECEIPT",
            "2 disconnected")
        .containsSubsequence(
            "NEW to CONNECTING",
            "CONNECTING to CONNECTED",
            "CONNECTED to RECOVERING",
            "RECOVERING to CONNECTED",
            "CONNECTED to DRAINING",
            "DRAINING to CLOSED");
  }

  @Test
  void seesHeartBeatsAndTheirAbsence() throws Exception {
    ManualClock clock = new ManualClock();
    TimeSource time = TimeSource.of(clock::nanoTime, clock.timer());
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "1000,1000");
          peer.send("\n");
          peer.expectHeartBeat();
          peer.expectEnd();
        });
    Offer offer = Offer.standard().with(new HeartBeat(1000, 1000));
    ConnectOptions options = ConnectOptions.defaults().with(time).with(offer);
    Connection connection = Connection.open(BrokerAddress.parse(broker.uri()), options, notes);
    notes.awaitAll("1 heart-beat received");
    clock.advance(Duration.ofMillis(900));
    notes.awaitAll("1 heart-beat sent");
    assertThat(connection.traffic().sinceReceived()).isEqualTo(Duration.ofMillis(900));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              assertThat(notes.all).contains("1 disconnected by a fault");
            });
    broker.assertScriptsDone();

    assertThat(notes.all)
        .containsSubsequence("1 silent for at least 2s: true", "1 disconnected by a fault");
    assertThat(connection.ended())
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withMessageContaining("nothing was heard for");
  }

  @Test
  void neverSeesASecret() throws Exception {
    broker.onConnection(
        peer -> {
          Frame connect = peer.handshake("1.2");
          assertThat(connect.header("passcode")).isEqualTo("hunter2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          assertThat(subscribe.header("X-Authorization")).isEqualTo("hunter2");
          peer.receiptFor(subscribe);
          peer.send("MESSAGE\nsubscription:s-1\nmessage-id:1\nack:1\naccess-token:hunter2\n\nx^@");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = client().credentials("kiln", "hunter2").connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a", SubscribeOptions.defaults().withHeader("X-Authorization", "hunter2"));
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      assertThat(delivery.headers().value("access-token")).hasValue("hunter2");
      assertThat(delivery.ack()).isEqualTo(AckResult.SENT);
    }
    broker.assertScriptsDone();

    assertThat(notes.frames)
        .hasSizeGreaterThanOrEqualTo(8)
        .flatExtracting(frame -> frame.headers().asMap().values())
        .contains("***")
        .doesNotContain("hunter2", "kiln");
  }

  @Test
  void oneThatThrowsHarmsNeitherTheClientNorOthers() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    ClientObserver broken =
        new ClientObserver() {
          @Override
          public void onFrameSent(int epoch, Frame frame) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void onFrameReceived(int epoch, Frame frame) {
            throw new StackOverflowError("on purpose");
          }

          @Override
          public void onSendOutcome(String destination, Outcome outcome, Duration elapsed) {
            throw new AssertionError("on purpose");
          }
        };
    try (StompClient client =
        StompClient.builder(broker.uri()).observer(broken).observer(notes).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
      notes.awaitAll("/queue/a Confirmed", "1 sent SEND", "1 received RECEIPT");
      assertThat(client.epoch()).isEqualTo(1);
    }
    broker.assertScriptsDone();
  }
}
