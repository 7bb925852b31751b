package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Commands;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A {@link Connection} and a broker that does what it is told. */
class FrameByFrameTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aLoopHandsEachFrameToItsBodyAndEndsWhenTheBrokerCloses() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          message(peer, "one");
          message(peer, "two");
          peer.close();
        });
    List<String> heard = new ArrayList<>();
    try (Connection connection = open()) {
      connection.forEach(frame -> note(frame, "heard ", heard));

      assertThat(connection.isOpen()).isFalse();
    }
    assertThat(heard).containsExactly("heard one", "heard two");
  }

  @Test
  void theFirstBrokerOfAListThatLetsUsInIsTaken() {
    refuseOnce();
    broker.onConnection(peer -> peer.handshake("1.2"));
    BrokerAddress address = BrokerAddress.parse(broker.uri());
    ClientObserver nobody = new ClientObserver() {};

    try (Connection connection =
        Connection.openFirst(List.of(address, address), ConnectOptions.defaults(), nobody)) {
      assertThat(connection.isOpen()).isTrue();
    }
  }

  @Test
  void whereNoBrokerOfAListLetsUsInTheReasonOfEachIsTold() {
    refuseOnce();
    BrokerAddress one = BrokerAddress.parse(broker.uri());
    BrokerAddress other = BrokerAddress.parse("stomp://127.0.0.1:1");
    ClientObserver nobody = new ClientObserver() {};

    assertThatThrownBy(
            () ->
                Connection.openFirst(List.of(one, other), ConnectOptions.defaults(), nobody)
                    .close())
        .isInstanceOfSatisfying(
            BrokerErrorException.class,
            refusal -> assertThat(refusal.attempts()).containsOnlyKeys(one, other))
        .hasMessageContainingAll("not today", other + ": Connection refused");
  }

  private void refuseOnce() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:not today\n\n^@");
          peer.expectEnd();
        });
  }

  private static void note(Frame frame, String prefix, List<String> notes) {
    notes.add(prefix + frame.text());
  }

  @Test
  void aLoopMayEndWithTheFirstResultThatItFindsAndGoOnLater() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          List.of("no", "yes", "no again").forEach(text -> message(peer, text));
          peer.close();
        });
    try (Connection connection = open()) {
      assertThat(firstYes(connection)).hasValue("yes");
      assertThat(firstYes(connection)).isEmpty();
    }
  }

  private static Optional<String> firstYes(Connection connection) {
    return StreamSupport.stream(connection.spliterator(), false)
        .map(Frame::text)
        .filter("yes"::equals)
        .findFirst();
  }

  @Test
  void eachWaitOfALoopHasTheLimitThatItIsGiven() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          message(peer, "one");
          message(peer, "two");
          peer.expect("SEND");
        });
    try (Connection connection = open()) {
      Duration limit = Duration.ofMillis(300);
      List<String> heard = new ArrayList<>();
      long start = System.nanoTime();

      assertThatThrownBy(
              () -> {
                for (Optional<Frame> frame = connection.receive(limit);
                    frame.isPresent();
                    frame = connection.receive(limit)) {
                  heard.add(frame.get().text());
                }
              })
          .isInstanceOf(StompTimeoutException.class)
          .hasMessage("no frame came within 300ms");
      assertThat(heard).containsExactly("one", "two");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(limit, Duration.ofSeconds(5));
      connection.send(send("still usable"));
      broker.assertScriptsDone();
    }
  }

  @Test
  void anyFrameIsWrittenAsItIs() throws Exception {
    BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          received.add(peer.next().orElseThrow());
        });
    Frame frame =
        Frame.of(Command.of("TELEMETRY"), "a:b", "c\nd", "a:b", "again", "content-length", "4")
            .with(Body.of(new byte[] {0, '\n', (byte) 0xff, 0}));
    try (Connection connection = open()) {
      connection.send(frame);
      broker.assertScriptsDone();
    }
    assertThat(received).containsExactly(frame);
  }

  @ParameterizedTest
  @EnumSource
  void everyFrameMayHaveIdsAndMoreHeadersOfTheProgram(Version version) throws Exception {
    BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake(version.text());
          message(peer, "hello");
          for (Frame frame = peer.next().orElseThrow();
              !frame.command().equals(Command.DISCONNECT);
              frame = peer.next().orElseThrow()) {
            received.add(frame);
            if (frame.headers().has("receipt")) {
              peer.receiptFor(frame);
            }
          }
        });
    List<Frame> sent;
    try (Connection connection = open()) {
      sent = frames(version, connection.receive(LIMIT).orElseThrow());
      sent.forEach(connection::send);

      for (String receipt : List.of("acked", "committed", "aborted")) {
        assertThat(connection.receive(LIMIT))
            .hasValue(Frame.of(Command.RECEIPT, "receipt-id", receipt));
      }
    }
    broker.assertScriptsDone();
    assertThat(received).containsExactlyElementsOf(sent);
  }

  private static List<Frame> frames(Version version, Frame message) {
    Commands commands = Commands.of(version);
    List<Frame> frames = new ArrayList<>();
    frames.add(commands.subscribe("/queue/b", "b", "client", Headers.of("x", "0")));
    frames.add(commands.begin("tx-1").with("x", "1"));
    frames.add(Frame.of(Command.SEND, "destination", "/q", "transaction", "tx-1", "x", "2"));
    frames.add(
        commands.ack(message).with("transaction", "tx-1").with("receipt", "acked").with("x", "3"));
    frames.add(commands.commit("tx-1").with("receipt", "committed").with("x", "4"));
    frames.add(commands.begin("tx-2"));
    if (version != Version.V1_0) {
      frames.add(commands.nack(message).with("transaction", "tx-2").with("requeue", "false"));
    }
    frames.add(Frame.of(Command.ACK, "id", "ack-9", "transaction", "tx-2"));
    frames.add(commands.abort("tx-2").with("receipt", "aborted").with("x", "5"));
    frames.add(commands.unsubscribe("b").with("x", "6"));
    return frames;
  }

  @Test
  void closingWaitsForItsOwnReceiptWhateverComesBefore() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame goodbye = peer.expect("DISCONNECT");
          message(peer, "late");
          peer.send("RECEIPT\nreceipt-id:another\n\n^@");
          answer.await();
          peer.receiptFor(goodbye);
          peer.expectEnd();
        });
    Connection connection = Connection.open(broker.uri());
    Thread closer = new Thread(connection::close);
    closer.start();
    assertThat(connection.receive(LIMIT)).map(Frame::text).hasValue("late");
    assertThat(connection.receive(LIMIT))
        .hasValue(Frame.of(Command.RECEIPT, "receipt-id", "another"));
    closer.join(200);
    assertThat(closer.isAlive()).as("closing still waits").isTrue();

    answer.countDown();

    closer.join(LIMIT.toMillis());
    assertThat(closer.isAlive()).isFalse();
    broker.assertScriptsDone();
  }

  @Test
  void closingFromAnotherThreadEndsAWaitForFramesWithinASecond() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    Connection connection = open();
    FutureTask<Optional<Frame>> waiting = new FutureTask<>(() -> connection.receive(LIMIT));
    Thread thread = new Thread(waiting);
    thread.start();
    await().atMost(LIMIT).until(() -> thread.getState() == Thread.State.TIMED_WAITING);

    connection.close();

    assertThat(waiting.get(1, TimeUnit.SECONDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.0, x\\cy", "1.1, x:y", "1.2, x:y"})
  void framesAreReadInTheVersionThatTheBrokerChose(String version, String expected)
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake(version);
          peer.send("MESSAGE\nnote:x\\cy\n\n^@");
          peer.expectEnd();
        });
    try (Connection connection = open()) {
      assertThat(connection.receive(LIMIT).orElseThrow().header("note")).isEqualTo(expected);
    }
  }

  @Test
  void aReceiptWithoutItsIdIsAFaultOfTheBroker() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.send("RECEIPT\nreceipt:1\n\n^@");
          peer.expectEnd();
        });
    try (Connection connection = open()) {
      assertThatThrownBy(() -> connection.receive(LIMIT))
          .isInstanceOfSatisfying(
              ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MISSING_HEADER))
          .hasMessageContaining("RECEIPT has no header 'receipt-id'");
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void sendingOnALostConnectionFailsAndSaysThatNothingWasSent() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.close();
        });
    try (Connection connection = open()) {
      assertThat(connection.receive(LIMIT)).isEmpty();

      assertThatThrownBy(() -> connection.send(send("too late")))
          .isInstanceOfSatisfying(
              ConnectionLostException.class, e -> assertThat(e.sent()).isEqualTo(Sent.NOT_SENT));
    }
  }

  @Test
  void aBrokerThatIsStoppedInTheMiddleEndsTheConnection() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (Connection connection = open()) {
      broker.close();

      assertThat(connection.receive(LIMIT)).isEmpty();
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void aWriteThatFailsForAnyReasonEndsTheConnection() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (Connection connection = open(address -> new SecondWriteFails(address))) {
      connection.send(send("never written"));

      assertThatThrownBy(() -> connection.receive(LIMIT))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("writing failed: no buffer space");
      assertThat(connection.isOpen()).isFalse();
      assertThatThrownBy(() -> connection.send(send("too late")))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  /** Writes CONNECT and nothing else. */
  private static final class SecondWriteFails implements Transport {
    private final Transport sockets;
    private boolean wrote;

    SecondWriteFails(BrokerAddress address) {
      this.sockets = TransportFactory.sockets().create(address);
    }

    @Override
    public void open(Duration limit) throws IOException {
      sockets.open(limit);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return sockets.read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (wrote) {
        throw new IOException("no buffer space");
      }
      wrote = true;
      sockets.write(source, offset, length);
    }

    @Override
    public void close() {
      sockets.close();
    }
  }

  @Test
  void aFrameThatCannotBeWrittenIsRefusedAtTheCallAndTheConnectionGoesOn() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").text()).isEqualTo("good");
        });
    try (Connection connection = open()) {
      assertThatThrownBy(() -> connection.send(send("bad").with("content-length", "99")))
          .isInstanceOf(IllegalFrameException.class)
          .hasMessageContaining("content-length is set to '99'");
      assertThatThrownBy(
              () -> connection.send(Frame.of(Command.ACK, "id", "1").with(Body.of("body"))))
          .isInstanceOf(IllegalFrameException.class)
          .hasMessageContaining("ACK may not have a body");
      assertThatThrownBy(() -> connection.send(Frame.of(Command.CONNECT)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has been made already");
      connection.send(send("good"));
      broker.assertScriptsDone();
    }
  }

  @Test
  void aBrokerThatFallsSilentIsAFailureAndNotAnEnd() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "50,0");
          peer.expectEnd();
        });
    Offer offer =
        Offer.standard()
            .with(new HeartBeat(0, 50))
            .with(new HeartBeatTolerance(0.5, 2, Duration.ZERO));
    try (Connection connection =
        Connection.open(BrokerAddress.parse(broker.uri()), ConnectOptions.defaults().with(offer))) {
      assertThatThrownBy(() -> connection.receive(LIMIT))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("nothing was heard for");
    }
  }

  private Connection open() {
    return open(TransportFactory.sockets());
  }

  private Connection open(TransportFactory transports) {
    return Connection.open(
        BrokerAddress.parse(broker.uri()),
        ConnectOptions.defaults()
            .with(Timeouts.defaults().withClose(Duration.ofMillis(300)))
            .with(transports));
  }

  private static void message(Peer peer, String text) {
    peer.send(
        "MESSAGE\nsubscription:s\nmessage-id:m\nack:a\ndestination:/queue/a\n\n" + text + "^@");
  }

  private static Frame send(String text) {
    return Frame.of(Command.SEND, "destination", "/queue/a").with(Body.of(text));
  }
}
