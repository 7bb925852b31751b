package io.stompbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.testkit.Faults.Direction;
import io.stompbox.testkit.script.FaultScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of a proxy that was told to break something. */
@Timeout(60)
class FaultProxyTest {
  private static final String ONE = "SEND\nn:1\n\none^@\n";
  private static final String TWO = "SEND\nn:2\n\ntwo^@";
  private static final String THREE =
      "SEND\r\ncontent-length:4\r\ncontent-length:1\r\n\r\na^@b^@^@";
  private static final String ALL = ONE + TWO + THREE;

  private final List<Socket> sockets = new ArrayList<>();
  private ServerSocket broker;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = FaultProxy.to("127.0.0.1", broker.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    broker.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        row("up split 1", ALL),
        row("up delay 10ms", ALL),
        row("up swallow SEND 2", ONE + THREE),
        row("up swallow SEND every", "\n"),
        row("up swallow * 1", "\n" + TWO + THREE),
        row("up swallow ACK 1", ALL),
        row("up duplicate SEND 1", ONE.strip() + ONE + TWO + THREE),
        row("up duplicate SEND 3", ALL + THREE),
        row("up flip 0x20 before SEND 2", ONE + "sEND\nn:2\n\ntwo^@" + THREE),
        row("up flip 0x20 within SEND 2", ONE + "SEND\nn:2\n\nTwo^@" + THREE),
        row("up flip 0x01 after 0 octets", "R" + ALL.substring(1)),
        row("up inject \"X\\0\" before SEND 3", ONE + TWO + "X^@" + THREE),
        row("up inject \"\\xff\" after SEND 3", ALL + "\ufffd"),
        row("up half-close after SEND 1", ONE.strip()),
        row("up half-close within SEND 2", ONE + "SEND\nn:2\n\n"),
        row("up half-close before SEND 2", ONE),
        row("up half-close after 6 octets", "SEND\nn"),
        row("up close after * 2", ONE + TWO),
        row("up black-hole after SEND 1", ONE.strip()));
  }

  private static Arguments row(String fault, String passes) {
    return Arguments.of(fault, passes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void strikesWhereItWasToldTo(String fault, String passes) throws Exception {
    FaultScript.parse("row", "connection 1\n  " + fault).applyTo(proxy);
    Socket client = connect();
    Socket peer = accept();
    sayAll(client, ALL.length());

    assertThat(read(peer)).isEqualTo(passes);
  }

  /** Says everything in pieces, unless a fault ends the connection before. */
  private static void sayAll(Socket client, int piece) throws IOException {
    byte[] all = octets(ALL);
    try {
      for (int at = 0; at < all.length; at += piece) {
        client.getOutputStream().write(all, at, Math.min(piece, all.length - at));
      }
      client.shutdownOutput();
    } catch (SocketException closed) {
      // What the other side has heard shows whether that was right.
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void strikesAtTheSamePlaceWhenOctetsComeOneByOne(String fault, String passes) throws Exception {
    proxy.onConnection(1).up(Fault.split(1));
    FaultProxy second = FaultProxy.to("127.0.0.1", proxy.port());
    FaultScript.parse("row", "connection 1\n  " + fault).applyTo(second);
    try (second;
        Socket client = new Socket(InetAddress.getLoopbackAddress(), second.port())) {
      client.setTcpNoDelay(true);
      Socket peer = accept();
      sayAll(client, 1);

      assertThat(read(peer)).isEqualTo(passes);
    }
  }

  @Test
  void bothSidesSeeAReset() throws Exception {
    proxy.onConnection(1).down(Fault.reset(Place.before("RECEIPT", 2)));
    Socket client = connect();
    Socket peer = accept();
    String first = "RECEIPT\nreceipt-id:1\n\n^@";
    write(peer, first);
    client.getInputStream().readNBytes(octets(first).length);

    write(peer, "RECEIPT\nreceipt-id:2\n\n^@");

    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(IOException.class);
  }

  @Test
  void aFaultIsSetForOneConnectionAndNotForOthers() throws Exception {
    proxy.onConnection(2).up(Fault.swallow("SEND", 1));
    Socket first = connect();
    Socket atFirst = accept();
    Socket second = connect();
    Socket atSecond = accept();
    for (Socket client : List.of(first, second)) {
      write(client, ALL);
      client.shutdownOutput();
    }

    assertThat(read(atFirst)).isEqualTo(ALL);
    assertThat(read(atSecond)).isEqualTo("\n" + TWO + THREE);
  }

  @Test
  void aFaultMayBeSetForAllConnectionsOpenOnesToo() throws Exception {
    Socket open = connect();
    Socket atOpen = accept();
    proxy.onEveryConnection().up(Fault.swallow("SEND", 1));
    Socket next = connect();
    Socket atNext = accept();
    for (Socket client : List.of(open, next)) {
      write(client, ALL);
      client.shutdownOutput();
    }

    assertThat(read(atOpen)).isEqualTo("\n" + TWO + THREE);
    assertThat(read(atNext)).isEqualTo("\n" + TWO + THREE);
  }

  @Test
  void whatIsNotReadPassesAfterHealing() throws Exception {
    Socket client = connect();
    Socket peer = accept();
    proxy.onConnection(1).up(Fault.stopReading(Place.now()));
    write(client, ALL);
    client.shutdownOutput();
    assertThat(proxy.passed(1, Direction.UP)).isEqualTo(Passed.NOTHING);

    proxy.onConnection(1).heal();

    assertThat(read(peer)).isEqualTo(ALL);
  }

  @Test
  void aSenderStandsStillWhenNothingIsRead() throws Exception {
    Socket client = connect();
    accept();
    proxy.onConnection(1).up(Fault.stopReading(Place.now()));
    Thread sender = new Thread(() -> writeForEver(client), "sender");
    sender.setDaemon(true);
    sender.start();

    long last = -1;
    while (last != sent.get()) {
      last = sent.get();
      sender.join(100);
    }

    assertThat(sender.isAlive()).as("it still waits for room").isTrue();
    assertThat(sent.get()).as("buffers of the kernel took some").isPositive();
  }

  /** Octets that {@link #writeForEver} got rid of. */
  private final AtomicLong sent = new AtomicLong();

  private void writeForEver(Socket client) {
    byte[] zeros = new byte[64 * 1024];
    try {
      while (!client.isClosed()) {
        client.getOutputStream().write(zeros);
        sent.addAndGet(zeros.length);
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  @Test
  void octetsAreHeldBackForADelay() throws Exception {
    proxy.onConnection(1).up(Fault.delay(Duration.ofMillis(80)));
    Socket client = connect();
    Socket peer = accept();
    long start = System.nanoTime();
    write(client, "\n");

    assertThat(peer.getInputStream().read()).isEqualTo('\n');
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(79));
  }

  @Test
  void octetsPassNoFasterThanTheyMay() throws Exception {
    proxy.onConnection(1).up(Fault.rate(10_000));
    Socket client = connect();
    Socket peer = accept();
    long start = System.nanoTime();
    client.getOutputStream().write(new byte[1000]);

    assertThat(peer.getInputStream().readNBytes(1000)).hasSize(1000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(75));
  }

  @Test
  void countsWhatPasses() throws Exception {
    proxy.onConnection(1).up(Fault.swallow("SEND", 2), Fault.duplicate("SEND", 3));
    Socket client = connect();
    Socket peer = accept();
    write(client, ALL + "ACK\nid:1\n\n^@");
    client.shutdownOutput();
    String arrived = read(peer);

    Passed passed = proxy.passed(1, Direction.UP);
    assertThat(passed.octets()).isEqualTo(octets(arrived).length);
    assertThat(passed.frames("SEND")).isEqualTo(3);
    assertThat(passed.frames("ACK")).isEqualTo(1);
    assertThat(passed.frames("NACK")).isZero();
    assertThat(proxy.passed(1, Direction.DOWN)).isEqualTo(Passed.NOTHING);
    assertThat(proxy.passed(2, Direction.UP)).isEqualTo(Passed.NOTHING);
  }

  @Test
  void theEndOfOneDirectionLeavesTheOtherOpen() throws Exception {
    Socket client = connect();
    Socket peer = accept();
    client.shutdownOutput();
    assertThat(read(peer)).isEmpty();

    write(peer, "RECEIPT\n\n^@");
    peer.close();

    assertThat(read(client)).isEqualTo("RECEIPT\n\n^@");
  }

  private Socket connect() throws IOException {
    return opened(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
  }

  private Socket accept() throws IOException {
    return opened(broker.accept());
  }

  private Socket opened(Socket socket) throws IOException {
    sockets.add(socket);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(octets(text));
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8).replace("\0", "^@");
  }

  private static byte[] octets(String text) {
    return text.replace("^@", "\0").getBytes(UTF_8);
  }
}
