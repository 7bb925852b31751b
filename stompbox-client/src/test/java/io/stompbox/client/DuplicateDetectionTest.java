package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ids confirmed sends carry, so that second copies can be told from first ones. */
class DuplicateDetectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String ARTEMIS = "ActiveMQ-Artemis/2.44.0";
  private static final String HEADER = "_AMQ_DUPL_ID";

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final List<Frame> sends = new CopyOnWriteArrayList<>();

  @Test
  void onArtemisEachSendHasAnIdOfItsOwnAndKeepsItWhenItIsSentAgain() throws Exception {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("CONNECTED\nversion:1.2\nserver:" + ARTEMIS + "\n\n^@");
          sends.add(peer.expect("SEND"));
          sends.add(peer.expect("SEND"));
          peer.reset();
        });
    serve(ARTEMIS);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation first = client.sendConfirmed(Outgoing.to("/queue/a").text("1"));
      client.sendConfirmed(Outgoing.to("/queue/a").text("2")).await(LIMIT);
      first.await(LIMIT);
    }
    List<String> ids = sends.stream().map(frame -> frame.require(HEADER)).toList();
    assertThat(ids).hasSize(4);
    assertThat(ids.subList(2, 4)).isEqualTo(ids.subList(0, 2)).doesNotHaveDuplicates();
  }

  @Test
  void twoClientsNeverUseTheSameId() throws Exception {
    serve(ARTEMIS);
    for (int i = 0; i < 2; i++) {
      try (StompClient client = Clients.fast(broker.uri()).connect()) {
        client.sendConfirmed(Outgoing.to("/queue/a").text("x")).await(LIMIT);
      }
    }
    assertThat(sends.stream().map(frame -> frame.require(HEADER)))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  static Stream<Arguments> headers() {
    DuplicateDetection standard = DuplicateDetection.standard();
    return Stream.of(
        Arguments.of("ActiveMQ/6.1.7", standard, List.of()),
        Arguments.of("RabbitMQ/3.10.8", standard, List.of()),
        Arguments.of("Unheard-of/1", standard, List.of()),
        Arguments.of(ARTEMIS, new DuplicateDetection.Off(), List.of()),
        Arguments.of(ARTEMIS, standard, List.of(HEADER)),
        Arguments.of(ARTEMIS, new DuplicateDetection.InHeader("dedup"), List.of("dedup")),
        Arguments.of(
            "RabbitMQ/3.10.8", new DuplicateDetection.InHeader("dedup"), List.of("dedup")));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("headers")
  void theIdIsInTheHeaderOfTheProfileOrInTheChosenOneOrNowhere(
      String server, DuplicateDetection detection, List<String> expected) throws Exception {
    serve(server);
    try (StompClient client = Clients.fast(broker.uri()).duplicateDetection(detection).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a").text("x")).await(LIMIT);
    }
    assertThat(Stream.of(HEADER, "dedup").filter(name -> sends.get(0).header(name) != null))
        .isEqualTo(expected);
  }

  @Test
  void theProgramsOwnIdStays() throws Exception {
    serve(ARTEMIS);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client
          .sendConfirmed(Outgoing.to("/queue/a").header(HEADER, "order-7").text("x"))
          .await(LIMIT);
    }
    assertThat(sends.get(0).headers().values(HEADER)).containsExactly("order-7");
  }

  @Test
  void onlyAQuarterOfTheRememberedIdsIsOutstandingAtATime() throws Exception {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("CONNECTED\nversion:1.2\nserver:" + ARTEMIS + "\n\n^@");
          peer.expectEnd();
        });
    try (StompClient client =
        Clients.fast(broker.uri())
            .duplicateDetection(new DuplicateDetection.ByBroker(12))
            .connect()) {
      Outgoing message = Outgoing.to("/queue/a").text("x");
      assertThat(Stream.generate(() -> client.trySendConfirmed(message)).limit(4))
          .satisfiesExactly(
              first -> assertThat(first).isPresent(),
              second -> assertThat(second).isPresent(),
              third -> assertThat(third).isPresent(),
              fourth -> assertThat(fourth).isEmpty());
    }
  }

  @Test
  void aCacheForLessThanOneSendIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DuplicateDetection.ByBroker(3))
        .withMessageContaining("at least 4: 3");
  }

  /** Confirms everything on all further connections. */
  private void serve(String server) {
    broker.otherwise(
        peer -> {
          peer.expect("CONNECT");
          peer.send("CONNECTED\nversion:1.2\nserver:" + server + "\n\n^@");
          Frame frame = peer.next().orElse(null);
          while (frame != null) {
            if (frame.command().name().equals("SEND")) {
              sends.add(Objects.requireNonNull(frame));
            }
            peer.receiptFor(frame);
            frame = peer.next().orElse(null);
          }
        });
  }
}
