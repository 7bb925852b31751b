package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header by which a consumer knows sends that were repeated. */
class RepeatMarkTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String MARK = "possible-duplicate";

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final BlockingQueue<Frame> sends = new LinkedBlockingQueue<>();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void onlyARepeatedSendHasItAndOtherwiseItIsTheSame() throws Exception {
    loseReceiptOfTheFirst();
    try (StompClient client = Clients.fast(broker.uri()).markRepeats(MARK).connect()) {
      Confirmation first = client.sendConfirmed(Outgoing.to("/queue/a").text("x"));
      first.await(LIMIT);
      client.sendConfirmed(Outgoing.to("/queue/a").text("y")).await(LIMIT);
    }
    broker.assertScriptsDone();
    Frame first = sends.take();
    assertThat(first.headers().has(MARK)).isFalse();
    Frame second = sends.take();
    assertThat(second.headers().values(MARK)).containsExactly("true");
    assertThat(second.headers().toBuilder().remove(MARK).build()).isEqualTo(first.headers());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(sends.take().headers().has(MARK)).isFalse();
  }

  @Test
  void withoutItARepeatedSendIsTheSameOctetByOctet() throws Exception {
    loseReceiptOfTheFirst();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a").text("x")).await(LIMIT);
      client.sendConfirmed(Outgoing.to("/queue/a").text("y")).await(LIMIT);
    }
    broker.assertScriptsDone();
    assertThat(sends.take()).isEqualTo(sends.take());
  }

  @Test
  void theProgramsOwnHeaderStays() throws Exception {
    loseReceiptOfTheFirst();
    try (StompClient client = Clients.fast(broker.uri()).markRepeats(MARK).connect()) {
      Outgoing own = Outgoing.to("/queue/a").text("x").header(MARK, "perhaps");
      client.sendConfirmed(own).await(LIMIT);
      client.sendConfirmed(Outgoing.to("/queue/a").text("y")).await(LIMIT);
    }
    broker.assertScriptsDone();
    assertThat(List.of(sends.take(), sends.take()))
        .allSatisfy(send -> assertThat(send.headers().values(MARK)).containsExactly("perhaps"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "receipt", "destination", "transaction", "content-length"})
  void aNameThatTheClientNeedsIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clients.fast(broker.uri()).markRepeats(name));
  }

  private void loseReceiptOfTheFirst() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          sends.add(peer.expect("SEND"));
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          confirm(peer);
          confirm(peer);
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
  }

  private void confirm(Peer peer) {
    Frame send = peer.expect("SEND");
    sends.add(send);
    peer.receiptFor(send);
  }
}
