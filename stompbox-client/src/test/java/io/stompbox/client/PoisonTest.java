package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client does with a message on which its broker ends every connection. */
class PoisonTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String POISON = "poison";

  /** Reconnects that a refused message may cost. */
  private static final int MOST_RECONNECTS = 5;

  /** A reset takes receipts with it that are on their way, so a connection may bring nothing. */
  private static final int MORE_BY_RESETS = 1;

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final List<String> confirmed = new CopyOnWriteArrayList<>();

  static Stream<Arguments> endings() {
    return Stream.of(
        ending("closes without a word", 0, Peer::close),
        ending("says ERROR without naming it", 0, peer -> peer.send("ERROR\nmessage:no\n\n^@")),
        ending("resets the connection", MORE_BY_RESETS, Peer::reset));
  }

  private static Arguments ending(String name, int more, Consumer<Peer> ending) {
    return Arguments.of(name, more, ending);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void theMessageOnWhichTheBrokerEndsConnectionsIsRejectedAndTheOthersGoOn(
      String name, int more, Consumer<Peer> ending) throws Exception {
    broker.otherwise(peer -> confirmUntilPoison(peer, ending));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      List<Confirmation> sent = send(client, "a", "b", POISON, "c", "d");

      assertThat(sent.get(2).awaitOutcome(LIMIT))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> assertThat(rejected.cause()).isInstanceOf(PoisonMessageException.class));
      for (int i : List.of(0, 1, 3, 4)) {
        assertThat(sent.get(i).await(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      }
      assertThat(client.epoch() - 1).isLessThanOrEqualTo(MOST_RECONNECTS + more);
      assertThat(client.sends().rejected()).isEqualTo(1);
    }
    assertThat(confirmed).containsExactly("a", "b", "c", "d");
  }

  @Test
  void severalPoisonMessagesCostAReconnectEachOnceTheyAreSentAlone() throws Exception {
    broker.otherwise(peer -> confirmUntilPoison(peer, Peer::close));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      String[] texts =
          IntStream.range(0, 40)
              .mapToObj(i -> i % 2 == 0 ? POISON : "m" + i)
              .toArray(String[]::new);
      List<Confirmation> sent = send(client, texts);

      for (int i = 0; i < texts.length; i++) {
        assertThat(sent.get(i).awaitOutcome(LIMIT))
            .isInstanceOf(i % 2 == 0 ? Outcome.Rejected.class : Outcome.Confirmed.class);
      }
      assertThat(client.epoch() - 1).isLessThanOrEqualTo(20 + MOST_RECONNECTS);
    }
    assertThat(confirmed).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void whatWaitsBehindPoisonKeepsItsOrder() throws Exception {
    broker.otherwise(peer -> confirmUntilPoison(peer, Peer::close));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation poison = send(client, POISON).get(0);
      List<Confirmation> behind = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        behind.addAll(send(client, "m" + i));
      }
      assertThat(poison.awaitOutcome(LIMIT)).isInstanceOf(Outcome.Rejected.class);
      for (Confirmation confirmation : behind) {
        confirmation.await(LIMIT);
      }
    }
    assertThat(confirmed).isEqualTo(IntStream.range(0, 100).mapToObj(i -> "m" + i).toList());
  }

  @Test
  void aBrokerThatDiesTwiceBeforeItConfirmsTakesNoMessageWithIt() throws Exception {
    AtomicInteger epochs = new AtomicInteger();
    broker.otherwise(
        peer -> {
          peer.handshake("1.2");
          if (epochs.incrementAndGet() > 3) {
            confirmAll(peer);
          } else {
            peer.expect("SEND");
            peer.close();
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      for (Confirmation confirmation : send(client, "a", "b", "c")) {
        assertThat(confirmation.await(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      }
    }
    assertThat(confirmed).containsExactly("a", "b", "c");
  }

  @Test
  void anErrorThatNamesAnotherFrameBlamesNoMessage() throws Exception {
    AtomicInteger epochs = new AtomicInteger();
    broker.otherwise(
        peer -> {
          peer.handshake("1.2");
          if (epochs.incrementAndGet() > 6) {
            confirmAll(peer);
          } else {
            peer.expect("SEND");
            peer.send("ERROR\nmessage:no\nreceipt-id:somebody-else\n\n^@");
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      for (Confirmation confirmation : send(client, "a", "b")) {
        assertThat(confirmation.await(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      }
    }
  }

  private static List<Confirmation> send(StompClient client, String... texts) {
    List<Confirmation> sent = new ArrayList<>();
    for (String text : texts) {
      sent.add(client.sendConfirmed(Outgoing.to("/queue/x").text(text)));
    }
    return sent;
  }

  private void confirmUntilPoison(Peer peer, Consumer<Peer> ending) {
    peer.handshake("1.2");
    Optional<Frame> frame = peer.next();
    while (frame.isPresent() && !frame.get().text().equals(POISON)) {
      confirm(peer, frame.get());
      frame = peer.next();
    }
    if (frame.isPresent()) {
      ending.accept(peer);
      peer.close();
    }
  }

  private void confirmAll(Peer peer) {
    Optional<Frame> frame = peer.next();
    while (frame.isPresent()) {
      confirm(peer, frame.get());
      frame = peer.next();
    }
  }

  private void confirm(Peer peer, Frame frame) {
    if (frame.command().equals(Command.SEND)) {
      confirmed.add(frame.text());
    }
    peer.receiptFor(frame);
  }
}
