package io.stompbox.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.ScriptedBroker;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that takes many periods of heart-beats, in either direction. */
class LargeBodyHeartBeatsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Longer than the half of a period, and shorter than any silence that is too long. */
  private static final Duration A_WHILE = Duration.ofSeconds(40);

  /** Together many times longer than that. */
  private static final int PIECES = 8;

  private static final Duration SOON = Duration.ofMillis(2);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final ManualClock clock = new ManualClock();

  @TempDir private Path folder;

  private StompClientBuilder builder() {
    return Clients.fast(broker.uri())
        .connect(
            ConnectOptions.defaults()
                .with(TimeSource.of(clock::nanoTime, clock.timer()))
                .with(
                    Timeouts.defaults()
                        .withClose(Duration.ofMillis(300))
                        .withWriteStall(Duration.ofDays(1))
                        .withFrame(Duration.ofDays(1))
                        .withDelivery(Duration.ofDays(1))))
        .offer(Offer.standard().with(new HeartBeat(60_000, 60_000)))
        .largeBodies(LargeBodies.in(folder).withAbove(2));
  }

  @Test
  void whileABodyComesSlowlyHeartBeatsGoOutAndItsPiecesAreTheBrokers() throws Exception {
    CompletableFuture<StompClient> receiving = new CompletableFuture<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "60000,60000");
          String id = Clients.subscribed(peer).require("id");
          peer.send("MESSAGE\nsubscription:" + id + "\nmessage-id:1\nack:1\n\n");
          StompClient client = receiving.get(20, TimeUnit.SECONDS);
          for (int i = 0; i < PIECES; i++) {
            clock.advance(A_WHILE);
            peer.send("x");
            // A heart-beat was due in that while; the writer notes that time, or a later one.
            await()
                .atMost(LIMIT)
                .pollInterval(SOON)
                .until(
                    () ->
                        client.traffic().sinceReceived().isZero()
                            && client.traffic().sinceSent().compareTo(A_WHILE) < 0);
          }
          for (int i = 0; i < PIECES; i++) {
            peer.expectHeartBeat();
          }
          peer.send("^@");
          peer.expect("ACK");
        });
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      receiving.complete(client);
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();

      try (InputStream stream = delivery.stream()) {
        assertThat(stream.readAllBytes()).asString(UTF_8).isEqualTo("x".repeat(PIECES));
      }
      delivery.ack();
      broker.assertScriptsDone();
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  @Test
  void whileABodyIsReadSlowlyItsPiecesAreTheClientsSignsOfLife() throws Exception {
    AtomicInteger beats = new AtomicInteger();
    CompletableFuture<StompClient> sending = new CompletableFuture<>();
    ClientObserver counting =
        new ClientObserver() {
          @Override
          public void onHeartBeatSent(int epoch) {
            beats.incrementAndGet();
          }
        };
    InputStream slow =
        InPieces.octetByOctet(
            count -> {
              // The piece before counts, whatever the clock has done since the frame began.
              assertThat(sending.join().traffic().sinceSent()).isZero();
              clock.advance(A_WHILE.dividedBy(2));
              return count < PIECES ? 'x' : -1;
            });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,60000");
          Frame frame = peer.expect("SEND");
          assertThat(frame.text()).isEqualTo("x".repeat(PIECES));
          peer.receiptFor(frame);
        });
    try (StompClient client = builder().observer(counting).connect()) {
      sending.complete(client);
      Confirmation sent =
          client.sendConfirmed(Outgoing.to("/queue/a").body(new BodySource(PIECES, () -> slow)));

      sent.await(LIMIT);
      broker.assertScriptsDone();
      assertThat(client.epoch()).isEqualTo(1);
      assertThat(beats).hasValue(0);
    }
  }
}
