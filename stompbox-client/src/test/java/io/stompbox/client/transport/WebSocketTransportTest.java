package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.client.transport.WebSocketOptions.FrameEnd;
import io.stompbox.client.transport.WebSocketOptions.SendAs;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Body;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.WebSocketMessage;
import io.stompbox.testkit.WebSocketMessage.Kind;
import io.stompbox.testkit.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets over a real WebSocket on the loopback interface. */
class WebSocketTransportTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final BlockingQueue<WebSocketMessage> received = new LinkedBlockingQueue<>();

  @Test
  void theUpgradeRequestHasPathQueryHeadersAndTheSubProtocolsNewestFirst() throws Exception {
    WebSocketOptions options =
        WebSocketOptions.defaults()
            .withHeader("Authorization", "Bearer t")
            .withHeader("Origin", "https://shop.example");
    List<String> seen = new ArrayList<>();
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer);
          seen.add(client.path());
          seen.add(client.header("authorization").orElse("none"));
          seen.add(client.header("origin").orElse("none"));
          seen.addAll(client.offers());
          client.accept("v12.stomp");
        });

    open("/ws/a%2Fb?token=x", options).close();

    broker.assertScriptsDone();
    assertThat(seen)
        .containsExactly(
            "/ws/a%2Fb?token=x",
            "Bearer t", "https://shop.example", "v12.stomp", "v11.stomp", "v10.stomp");
  }

  @Test
  void aServerMaySelectNoSubProtocol() throws Exception {
    broker.onConnection(peer -> WebSocketPeer.of(peer).accept(null).send(text("\n")));
    try (Transport transport = open()) {
      assertThat(read(transport, 1)).isEqualTo("\n");
    }
  }

  @Test
  void eachFrameIsOneMessageHoweverTheyAreWritten() throws Exception {
    String frames = "SEND\na:1\n\none\0\nSEND\ncontent-length:3\n\n\0ä\0";
    receiveAll();
    try (Transport transport = open()) {
      for (byte octet : frames.getBytes(UTF_8)) {
        transport.write(new byte[] {octet}, 0, 1);
      }
      write(transport, frames);
    }

    broker.assertScriptsDone();
    List<WebSocketMessage> once =
        List.of(text("SEND\na:1\n\none\0"), text("\n"), text("SEND\ncontent-length:3\n\n\0ä\0"));
    assertThat(received).containsExactlyElementsOf(twice(once));
  }

  private static <T> List<T> twice(List<T> list) {
    List<T> both = new ArrayList<>(list);
    both.addAll(list);
    return both;
  }

  @Test
  void whatIsNotUtf8GoesAsBinary() throws Exception {
    byte[] frame = {'S', '\n', '\n', (byte) 0xff, 0};
    receiveAll();
    try (Transport transport = open()) {
      transport.write(frame, 0, frame.length);
    }

    broker.assertScriptsDone();
    assertThat(received).containsExactly(WebSocketMessage.binary(frame));
  }

  @Test
  void everythingGoesAsBinaryIfTheOptionsSaySo() throws Exception {
    receiveAll();
    try (Transport transport = open("", WebSocketOptions.defaults().with(SendAs.BINARY))) {
      write(transport, "SEND\n\nhi\0");
    }

    broker.assertScriptsDone();
    assertThat(received).containsExactly(WebSocketMessage.binary("SEND\n\nhi\0".getBytes(UTF_8)));
  }

  @Test
  void aLongFrameIsCutBetweenCharacters() throws Exception {
    String frame = "SEND\n\n" + "a😀€ä".repeat(1000) + "\0";
    receiveAll();
    try (Transport transport = open("", WebSocketOptions.defaults().withMaxMessage(64))) {
      write(transport, frame);
    }

    broker.assertScriptsDone();
    assertThat(received)
        .allMatch(message -> message.kind() == Kind.TEXT && message.payload().size() <= 64);
    assertThat(joined(received)).isEqualTo(Body.of(frame));
    assertThat(received).hasSizeLessThan(frame.getBytes(UTF_8).length / 60);
  }

  @Test
  void aLongFrameOfAnyOctetsArrivesInMessagesOfTheGivenSize() throws Exception {
    byte[] body = new byte[1 << 20];
    new Random(1).nextBytes(body);
    byte[] frame = concat(("SEND\ncontent-length:" + body.length + "\n\n").getBytes(UTF_8), body);
    byte[] whole = Arrays.copyOf(frame, frame.length + 1);
    receiveAll();
    try (Transport transport = open()) {
      transport.write(whole, 0, whole.length);
    }

    broker.assertScriptsDone();
    assertThat(received).allMatch(message -> message.payload().size() <= 60_000);
    assertThat(joined(received)).isEqualTo(Body.of(whole));
  }

  @Test
  void messagesOfBothKindsAndTheirFragmentsAreOneStream() throws Exception {
    byte[] octets = {(byte) 0xe2, (byte) 0x82, (byte) 0xac, 0};
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          client.send(text("a€😀"), 1);
          client.send(WebSocketMessage.binary(octets), 3);
          client.send(text(""));
          client.send(text("\n"));
          client.next();
        });
    try (Transport transport = open()) {
      assertThat(read(transport, 13)).isEqualTo("a€😀€\0\n");
    }
  }

  @Test
  void aMessageLargerThanTheReadBufferIsReadInParts() throws Exception {
    String large = "€uro".repeat(100_000);
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          client.send(text(large));
          client.next();
        });
    try (Transport transport = open()) {
      assertThat(read(transport, 600_000)).isEqualTo(large);
    }
  }

  @Test
  void pingsAreAnsweredBetweenFragments() throws Exception {
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          client.sendPing("are you there".getBytes(UTF_8));
          assertThat(client.expectPong()).isEqualTo("are you there".getBytes(UTF_8));
          client.send(text("\n"));
          client.next();
        });
    try (Transport transport = open()) {
      assertThat(read(transport, 1)).isEqualTo("\n");
    }
    broker.assertScriptsDone();
  }

  @ParameterizedTest
  @CsvSource({"RECEIPT^n^n", "RECEIPT^n^n^0^n", "RECEIPT^n^n^0"})
  void theEndOfATextMessageEndsItsFrameIfTheOptionsSaySo(String sent) throws Exception {
    String octets = sent.replace("^n", "\n").replace("^0", "\0");
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          client.send(text(octets), 3);
          client.send(text("\n"));
          client.send(text("RECEIPT\n\n"));
          client.next();
        });
    String first = octets.contains("\0") ? octets : octets + "\0";
    String expected = first + "\nRECEIPT\n\n\0";
    WebSocketOptions options = WebSocketOptions.defaults().with(FrameEnd.NUL_OR_END_OF_TEXT);
    try (Transport transport = open("", options)) {
      assertThat(read(transport, expected.length())).isEqualTo(expected);
    }
  }

  @Test
  void codeAndReasonOfACloseFrameComeWithTheFailureAfterWhatWasSentBefore() throws Exception {
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          client.send(text("last"));
          client.sendClose(1008, "policy");
          assertThat(client.expectClose()).isEqualTo(1008);
        });
    try (Transport transport = open()) {
      assertThat(read(transport, 4)).isEqualTo("last");
      assertThatThrownBy(() -> read(transport, 1))
          .isInstanceOfSatisfying(
              WebSocketClosedException.class,
              closed -> {
                assertThat(closed.code()).isEqualTo(1008);
                assertThat(closed.reason()).isEqualTo("policy");
              })
          .hasMessage("the broker closed the WebSocket with code 1008: policy");
      assertThatThrownBy(() -> write(transport, "\n")).isInstanceOf(WebSocketClosedException.class);
      // Before the transport is closed, which sends a close frame with a code of its own.
      broker.assertScriptsDone();
    }
  }

  @Test
  void aCloseWithoutAWordIsAnOrderlyEnd() throws Exception {
    broker.onConnection(peer -> WebSocketPeer.of(peer).accept("v12.stomp").sendClose(1000, ""));
    try (Transport transport = open()) {
      assertThat(transport.read(new byte[1], 0, 1)).isEqualTo(-1);
      assertThat(transport.read(new byte[1], 0, 1)).isEqualTo(-1);
    }
  }

  @Test
  void anEndWithoutACloseFrameIsAFailure() throws Exception {
    broker.onConnection(
        peer -> {
          WebSocketPeer.of(peer).accept("v12.stomp");
          peer.close();
        });
    try (Transport transport = open()) {
      assertThatThrownBy(() -> read(transport, 1))
          .isInstanceOfSatisfying(
              WebSocketClosedException.class, closed -> assertThat(closed.code()).isEqualTo(1006))
          .hasMessageContaining("without a close frame");
    }
  }

  @Test
  void aResetIsAFailure() throws Exception {
    broker.onConnection(
        peer -> {
          WebSocketPeer.of(peer).accept("v12.stomp");
          peer.reset();
        });
    assertThatThrownBy(
            () -> {
              try (Transport transport = open()) {
                read(transport, 1);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void textThatIsNotUtf8IsReadAsItCame() throws Exception {
    byte[] octets = {(byte) 0xff, 0};
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          client.send(new WebSocketMessage(Kind.TEXT, Body.of(octets)));
          client.expectClose();
        });
    byte[] seen = new byte[2];
    try (Transport transport = open()) {
      assertThat(transport.read(seen, 0, 2)).isEqualTo(2);
    }
    assertThat(seen).isEqualTo(octets);
  }

  @ParameterizedTest
  @CsvSource({"401, Authorization", "403, Origin", "404, /ws", "500, HTTP status 500"})
  void aRefusedUpgradeIsAFailureWithItsStatus(int status, String hint) {
    broker.onConnection(peer -> WebSocketPeer.of(peer).refuse(status));
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("HTTP status " + status)
        .hasMessageContaining(hint);
  }

  @Test
  void aSubProtocolThatWasNotOfferedIsRefused() {
    broker.onConnection(peer -> WebSocketPeer.of(peer).accept("mqtt"));
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("breaks RFC 6455")
        .hasMessageContaining("mqtt");
  }

  @Test
  void aPortThatSpeaksNoHttpIsAFailure() {
    broker.onConnection(
        peer -> {
          peer.send("ERROR\nmessage:what?\n\n^@");
          peer.close();
        });
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("as HTTP does");
  }

  @Test
  void aClosedPortIsAFailure() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Transport transport = transport("ws://127.0.0.1:" + port, WebSocketOptions.defaults());
    assertThatThrownBy(() -> transport.open(LIMIT)).isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:70000, 70000",
    "ws://127.0.0.1:0, 0",
    "ws://under_score:1, under_score"
  })
  void anAddressThatCannotBeReachedIsAFailure(String address, String shown) {
    assertThatThrownBy(() -> transport(address, WebSocketOptions.defaults()).open(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(shown);
  }

  @Test
  void anUnknownHostIsNamed() {
    Transport transport = transport("ws://no-such-host.invalid:1", WebSocketOptions.defaults());
    assertThatThrownBy(() -> transport.open(LIMIT))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no-such-host.invalid");
  }

  @Test
  void openingEndsAtTheLimit() {
    broker.onConnection(WebSocketPeer::of);
    Transport transport = transport(uri(""), WebSocketOptions.defaults());
    assertThatThrownBy(() -> transport.open(Duration.ofMillis(200)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("200ms");
  }

  @Test
  void closingEndsOpening() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          WebSocketPeer.of(peer);
          asked.countDown();
          peer.expectEnd();
        });
    Transport transport = transport(uri(""), WebSocketOptions.defaults());
    FutureTask<Void> opening = run(() -> opened(transport));
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    transport.close();

    assertThatThrownBy(() -> opening.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(SocketException.class);
  }

  @Test
  void aTransportThatWasClosedDoesNotOpen() {
    Transport transport = transport(uri(""), WebSocketOptions.defaults());
    transport.close();
    assertThatThrownBy(() -> transport.open(LIMIT)).isInstanceOf(IOException.class);
  }

  @Test
  void closingEndsAReadAndTellsTheBrokerWithoutWaitingForIt() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          assertThat(client.expectClose()).isEqualTo(1000);
          peer.expectEnd();
        });
    Transport transport = open();
    FutureTask<String> reading =
        run(
            () -> {
              waiting.countDown();
              return read(transport, 1);
            });
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

    transport.close();
    transport.close();

    assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(SocketException.class);
    broker.assertScriptsDone();
  }

  @Test
  void closingEndsAWriteThatTheBrokerDoesNotTake() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          assertThat(WebSocketPeer.of(peer).accept("v12.stomp").next()).isPresent();
          begun.countDown();
          assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        });
    Transport transport = open();
    // More than the buffers of both sides of a loopback connection take.
    byte[] octets = new byte[64 << 20];
    Arrays.fill(octets, (byte) 'S');
    FutureTask<Void> writing =
        run(
            () -> {
              transport.write(octets, 0, octets.length);
              return null;
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    transport.close();

    assertThatThrownBy(() -> writing.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class);
    done.countDown();
    broker.assertScriptsDone();
  }

  @Test
  void nothingCanBeWrittenBeforeItIsOpen() {
    Transport transport = transport(uri(""), WebSocketOptions.defaults());
    assertThatThrownBy(() -> write(transport, "\n")).isInstanceOf(IllegalStateException.class);
  }

  private void receiveAll() {
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          for (var next = client.next(); next.isPresent(); next = client.next()) {
            received.add(next.get());
          }
        });
  }

  @Test
  void theContentOfARefusalIsNotWaitedFor() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.send("HTTP/1.1 401 Unauthorized\r\ncontent-length: 99999999999\r\n\r\n");
          sendUntilItLeaves(peer);
          left.countDown();
        });

    assertThatThrownBy(this::open).hasMessageContaining("HTTP status 401");

    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anAnswerThatBeginsWithoutEndIsCutOff() {
    broker.onConnection(
        peer -> {
          peer.send("HTTP/1.1 101 Switching Protocols\r\n");
          sendUntilItLeaves(peer);
        });

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 16384 octets");
  }

  @Test
  void otherSubProtocolsCanBeOfferedOrNone() throws Exception {
    List<List<String>> offers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      broker.onConnection(
          peer -> {
            WebSocketPeer client = WebSocketPeer.of(peer);
            offers.add(client.offers());
            client.accept(null);
          });
    }

    open("", WebSocketOptions.defaults().withSubProtocols("stomp", "v12.stomp")).close();
    open("", WebSocketOptions.defaults().withSubProtocols()).close();

    broker.assertScriptsDone();
    assertThat(offers).containsExactly(List.of("stomp", "v12.stomp"), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "c1 01 61, a frame begins with the octets 193 and 1",
    "81 81 00 00 00 00 61, a frame begins with the octets 129 and 129",
    "83 00, a frame begins with the octets 131 and 0",
    "80 01 61, there is no message to continue",
    "01 01 61 81 01 61, a message begins before the last has ended",
    "09 00, a PING is in several parts",
    "89 7e 00 80, a PING is in several parts or longer",
    "82 7f ff 00 00 00 00 00 00 00, a frame has a negative length"
  })
  void whatBreaksTheRulesOfWebSocketEndsTheConnection(String octets, String message)
      throws Exception {
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          peer.send(HexFormat.ofDelimiter(" ").parseHex(octets));
          assertThat(client.expectClose()).isEqualTo(1002);
        });

    assertThatThrownBy(
            () -> {
              try (Transport transport = open()) {
                read(transport, 9);
              }
            })
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("RFC 6455: " + message);
    broker.assertScriptsDone();
  }

  @SuppressWarnings("InfiniteLoopStatement") // Until it throws.
  private static void sendUntilItLeaves(Peer peer) {
    try {
      while (true) {
        peer.send("x".repeat(1000));
      }
    } catch (UncheckedIOException gone) {
      // What this waits for.
    }
  }

  private Transport open() throws IOException {
    return open("", WebSocketOptions.defaults());
  }

  private Transport open(String target, WebSocketOptions options) throws IOException {
    Transport transport = transport(uri(target), options);
    transport.open(LIMIT);
    return transport;
  }

  private static Void opened(Transport transport) throws IOException {
    transport.open(LIMIT);
    return null;
  }

  private String uri(String target) {
    return "ws://127.0.0.1:" + broker.port() + target;
  }

  private static Transport transport(String uri, WebSocketOptions options) {
    return TransportFactory.sockets(options).create(BrokerAddress.parse(uri));
  }

  private static void write(Transport transport, String text) throws IOException {
    byte[] octets = text.getBytes(UTF_8);
    transport.write(octets, 0, octets.length);
  }

  private static String read(Transport transport, int count) throws IOException {
    byte[] octets = new byte[count];
    int size = 0;
    while (size < count) {
      int read = transport.read(octets, size, count - size);
      if (read < 0) {
        throw new IOException("it ended after " + size + " octets");
      }
      size += read;
    }
    return new String(octets, UTF_8);
  }

  private static WebSocketMessage text(String text) {
    return WebSocketMessage.text(text);
  }

  private static Body joined(Iterable<WebSocketMessage> messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    messages.forEach(message -> all.writeBytes(message.payload().toBytes()));
    return Body.of(all.toByteArray());
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static <T> FutureTask<T> run(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
