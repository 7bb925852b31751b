package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.Credentials;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations frame by frame, with ActiveMQ Classic. */
class ConnectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String QUEUE = "/queue/frames";

  private final EmbeddedBroker broker = EmbeddedBroker.start();

  @AfterEach
  void nothingIsLeft() {
    broker.close();
    LiveThreads.awaitNoneOfClients();
  }

  @Test
  void framesAreSentAndReceivedAsTheyAre() throws Exception {
    try (Connection connection = Connection.open(broker.uri())) {
      assertThat(connection.agreement().version()).isEqualTo(Version.V1_2);
      connection.send(subscribe(connection).with("receipt", "subscribed"));
      assertThat(connection.receive(LIMIT))
          .hasValue(Frame.of(Command.RECEIPT, "receipt-id", "subscribed"));

      connection.send(message("hello"));

      Frame frame = connection.receive(LIMIT).orElseThrow();
      assertThat(frame.command()).isEqualTo(Command.MESSAGE);
      assertThat(frame.header("subscription")).isEqualTo("s");
      assertThat(frame.text()).isEqualTo("hello");
    }
  }

  @Test
  void iteratingGivesFramesUntilTheConnectionIsClosed() {
    Connection connection = Connection.open(broker.uri());
    connection.send(subscribe(connection));
    List.of("one", "two", "three").forEach(text -> connection.send(message(text)));
    List<String> texts = new ArrayList<>();

    for (Frame frame : connection) {
      texts.add(frame.text());
      if (texts.size() == 3) {
        connection.close();
      }
    }

    assertThat(texts).containsExactly("one", "two", "three");
  }

  @Test
  void aWaitThatEndsWithoutAFrameLeavesTheConnectionUsable() throws Exception {
    try (Connection connection = Connection.open(broker.uri())) {
      assertThatExceptionOfType(StompTimeoutException.class)
          .isThrownBy(() -> connection.receive(Duration.ofMillis(20)))
          .withMessage("no frame came within 20ms");

      connection.send(message("hello").with("receipt", "sent"));

      assertThat(connection.receive(LIMIT))
          .hasValue(Frame.of(Command.RECEIPT, "receipt-id", "sent"));
      assertThat(connection.isOpen()).isTrue();
    }
  }

  @Test
  void anErrorFrameIsThrownWithTheWordsOfTheBrokerAndEndsTheConnection() throws Exception {
    try (Connection connection = Connection.open(broker.uri())) {
      connection.send(connection.commands().commit("never-begun"));

      assertThatExceptionOfType(BrokerErrorException.class)
          .isThrownBy(() -> connection.receive(LIMIT))
          .withMessageContaining("never-begun")
          .satisfies(e -> assertThat(e.frame().command()).isEqualTo(Command.ERROR));
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void closingFromAnotherThreadEndsAWaitForFrames() throws Exception {
    Connection connection = Connection.open(broker.uri());
    FutureTask<Optional<Frame>> waiting = new FutureTask<>(() -> connection.receive(LIMIT));
    Thread thread = new Thread(waiting);
    thread.start();
    await().atMost(LIMIT).until(() -> thread.getState() == Thread.State.TIMED_WAITING);

    connection.close();

    assertThat(waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void closingTwiceIsFineAndNothingCanBeSentAfterwards() throws Exception {
    Connection connection = Connection.open(broker.uri());
    connection.close();
    connection.close();

    assertThat(connection.isOpen()).isFalse();
    assertThat(connection.receive(LIMIT)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> connection.send(message("too late")))
        .withMessage("SEND is not allowed while the connection is CLOSED");
  }

  @Test
  void theThreadsThatMustBeGoneAfterwardsAreSeenBefore() {
    try (Connection connection = Connection.open(broker.uri())) {
      assertThat(connection.isOpen()).isTrue();
      assertThat(LiveThreads.ofClients())
          .anyMatch(name -> name.startsWith("stompbox-reader"))
          .anyMatch(name -> name.startsWith("stompbox-writer"));
    }
  }

  @Test
  void aBrokerThatStopsEndsTheConnection() throws Exception {
    try (Connection connection = Connection.open(broker.uri())) {
      broker.close();

      assertThat(connection.receive(LIMIT)).isEmpty();
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void aRefusedLoginSaysWhyAndKeepsThePasscodeToItself() {
    try (EmbeddedBroker strict = EmbeddedBroker.start(0, Map.of("alice", "right"))) {
      ConnectOptions options =
          ConnectOptions.defaults().with(() -> new Credentials("alice", "wr0ng-pass"));

      BrokerAddress address = FailoverUri.parse(strict.uri()).brokers().get(0);
      assertThat(refusal(() -> Connection.open(address, options)))
          .hasMessageContaining("User name [alice] or password is invalid")
          .hasMessageContaining("127.0.0.1:" + strict.port())
          .satisfies(e -> assertThat(e + " " + e.frame()).doesNotContain("wr0ng-pass"));
    }
  }

  @Test
  void aPasscodeInTheAddressIsUsedAndNeverShown() {
    try (EmbeddedBroker strict = EmbeddedBroker.start(0, Map.of("alice", "right"))) {
      String right = "stomp://alice:right@127.0.0.1:" + strict.port();
      String wrong = "stomp://alice:wr0ng-pass@127.0.0.1:" + strict.port();

      try (Connection connection = Connection.open(right)) {
        assertThat(connection.isOpen()).isTrue();
        assertThat(connection.toString()).doesNotContain("right");
      }
      assertThat(refusal(() -> Connection.open(wrong)))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("wr0ng-pass"));
    }
  }

  /**
   * Of some hundred refused logins ActiveMQ Classic closes the connection of one without a word.
   */
  private static BrokerErrorException refusal(Supplier<Connection> opening) {
    for (int i = 0; i < 5; i++) {
      try (Connection connection = opening.get()) {
        fail("the login was not refused: " + connection);
      } catch (BrokerErrorException e) {
        return e;
      } catch (ConnectionLostException e) {
        assertThat(e).hasMessageContaining("hung up before CONNECTED");
      }
    }
    return fail("the broker never said why it refuses the login");
  }

  private static Frame subscribe(Connection connection) {
    return connection.commands().subscribe(QUEUE, "s", "auto", Headers.empty());
  }

  private static Frame message(String text) {
    return Frame.of(Command.SEND, "destination", QUEUE).with(Body.of(text));
  }
}
