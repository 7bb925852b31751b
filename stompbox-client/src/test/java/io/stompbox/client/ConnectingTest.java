package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.WebSocketPeer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CONNECT says, which broker is taken, and what is said when none can be. */
class ConnectingTest {
  /** Opens nothing. */
  private static final TransportFactory REFUSING =
      address ->
          new Transport() {
            @Override
            public void open(Duration limit) throws IOException {
              throw new IOException("not here");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
              throw new IllegalStateException("not open");
            }

            @Override
            public void write(byte[] source, int offset, int length) {
              throw new IllegalStateException("not open");
            }

            @Override
            public void close() {}
          };

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final BlockingQueue<Frame> connects = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @CsvSource({
    "'failover:(stomp+ssl://a,stomp://b)'",
    "'failover:(ws://a,stomp+ssl://b)'",
    "'failover:(stomp://a,wss://b)'"
  })
  void aListOfBrokersWithTlsAndWithoutIsRefusedUnlessThatIsAllowed(String uri) {
    assertThatThrownBy(() -> StompClient.connect(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set allowPlainAfterTls");

    assertThatThrownBy(
            () ->
                StompClient.builder(uri)
                    .connect(ConnectOptions.defaults().with(REFUSING))
                    .allowPlainAfterTls()
                    .connect())
        .isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void whatTheUriAllowsStaysAllowedWithOtherOptions() {
    StompClientBuilder builder =
        StompClient.builder("failover:(stomp+ssl://a,stomp://b)?allowPlainAfterTls=true")
            .reconnect(ReconnectPolicy.never())
            .connect(ConnectOptions.defaults().with(REFUSING));

    assertThatThrownBy(builder::connect).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void aListWithoutABrokerIsAMistake() {
    ClientObserver nobody = new ClientObserver() {};

    assertThatThrownBy(
            () -> Connection.openFirst(List.of(), ConnectOptions.defaults(), nobody).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no broker");
  }

  @Test
  void oneConnectionToTheFirstOfSuchAListIsRefusedTheSameWay() {
    List<BrokerAddress> brokers =
        List.of(BrokerAddress.parse("stomp+ssl://a"), BrokerAddress.parse("stomp://b"));
    ConnectOptions options = ConnectOptions.defaults().with(REFUSING);
    ClientObserver nobody = new ClientObserver() {};

    assertThatThrownBy(() -> Connection.openFirst(brokers, options, nobody).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "set allowPlainAfterTls, or in ConnectOptions with(TlsMixture.ALLOWED)");
    assertThatThrownBy(
            () -> Connection.openFirst(brokers, options.with(TlsMixture.ALLOWED), nobody).close())
        .isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void whatConnectingRefusesFailsTheStageOfWhoDoesNotWait() {
    CompletionStage<StompClient> refused =
        StompClient.builder("failover:(stomp+ssl://a,stomp://b)").connectAsync();

    assertThatThrownBy(() -> refused.toCompletableFuture().join())
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUnixDomainSocketGoesWithTls() {
    assertThatThrownBy(
            () ->
                StompClient.builder("failover:(stomp+ssl://a,stomp+unix:///run/b)")
                    .connect(ConnectOptions.defaults().with(REFUSING))
                    .connect())
        .isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void theBrokerIsOnThisMachineUnlessAnotherIsGiven() {
    List<BrokerAddress> asked = new ArrayList<>();
    TransportFactory noting =
        address -> {
          asked.add(address);
          return REFUSING.create(address);
        };

    assertThatThrownBy(
            () -> StompClient.builder().connect(ConnectOptions.defaults().with(noting)).connect())
        .isInstanceOf(ConnectionLostException.class);
    assertThat(asked).containsExactly(BrokerAddress.parse("stomp://localhost:61613"));
  }

  @Test
  void oneCallConnectsWithEverythingByDefault() throws Exception {
    accept("1.2", "10000,10000");
    try (StompClient client = StompClient.connect(broker.uri())) {
      assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
      assertThat(client.agreement().heartBeat()).isEqualTo(new HeartBeat(10_000, 10_000));
    }
    broker.assertScriptsDone();
    assertThat(connects).hasSize(1);
  }

  @Test
  void oneCallTakesTheFirstBrokerOfAListThatAnswers() throws Exception {
    accept("1.2", "0,0");
    String uri = "failover:(" + closedPorts(1).get(0) + "," + broker.uri() + ")";
    try (StompClient client = StompClient.connect(uri)) {
      assertThat(client.toString()).contains(broker.uri());
    }
    broker.assertScriptsDone();
    assertThat(connects).hasSize(1);
  }

  @Test
  void whenAllBrokersRefuseTheFailureHasTheCauseOfEachAndComesWithoutAnotherDelay()
      throws Exception {
    List<String> dead = closedPorts(2);
    BackOff thenAMinute =
        new BackOff(Duration.ofMillis(1), Duration.ofMinutes(1), 60_000, new Jitter.None());
    StompClientBuilder builder =
        StompClient.builder("failover:(" + dead.get(0) + "," + dead.get(1) + ")")
            .reconnect(ReconnectPolicy.standard().with(thenAMinute));
    long start = System.nanoTime();

    assertThatThrownBy(builder::connect)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining(dead.get(1) + ": Connection refused (the last of 2 attempts)")
        .satisfies(
            failure ->
                assertThat(messagesBehind(failure))
                    .anyMatch(text -> text.contains(dead.get(0) + ": Connection refused")));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private static List<String> messagesBehind(Throwable failure) {
    List<String> messages = new ArrayList<>(List.of(String.valueOf(failure.getMessage())));
    for (Throwable suppressed : failure.getSuppressed()) {
      messages.addAll(messagesBehind(suppressed));
    }
    if (failure.getCause() != null) {
      messages.addAll(messagesBehind(failure.getCause()));
    }
    return messages;
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, -", "'', ''", "me, ''", "me, secret"})
  void loginAndPasscodeAreSentWhenTheyAreGivenAlsoWhenTheyAreEmpty(String login, String passcode)
      throws Exception {
    accept("1.2", "0,0");
    ConnectOptions options = ConnectOptions.defaults().with(() -> new Credentials(login, passcode));
    StompClient.builder(broker.uri()).connect(options).connect().close();
    broker.assertScriptsDone();

    Frame connect = connects.remove();
    assertThat(connect.header("login")).isEqualTo(login);
    assertThat(connect.header("passcode")).isEqualTo(passcode);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'', login=me&passcode=secret, -, me, secret",
        "'', login=me, passcode, me, secret",
        "'', passcode=secret, login, me, secret",
        "me@, passcode=secret, -, me, secret",
        "me:old@, passcode=secret, -, me, secret",
        "me:secret@, login=me, -, me, secret",
        "me:hers@, login=you, -, you, -"
      })
  void whatSettingsLeaveOpenIsThatOfTheAddress(
      String user, String query, @Nullable String later, String login, @Nullable String passcode)
      throws Exception {
    accept("1.2", "0,0");
    String uri = broker.uri().replace("stomp://", "stomp://" + user) + "?" + query;
    StompClientBuilder builder = StompClient.builder(uri);
    builder.settings(
        later == null ? Map.of() : Map.of(later, "login".equals(later) ? "me" : "secret"));
    builder.connect().close();
    broker.assertScriptsDone();

    Frame connect = connects.remove();
    assertThat(connect.header("login")).isEqualTo(login);
    assertThat(connect.header("passcode")).isEqualTo(passcode);
  }

  @Test
  void moreHeadersComeFromAMapAndOneByOne() throws Exception {
    accept("1.2", "0,0");
    Offer standard = Offer.standard();
    Offer offer =
        new Offer(
                standard.versions(),
                standard.heartBeat(),
                standard.tolerance(),
                null,
                Headers.of(Map.of("client-id", "till-1")),
                Offer.Opening.CONNECT)
            .withHeader("client-type", "till");
    StompClient.builder(broker.uri()).offer(offer).credentials("me", "secret").connect().close();
    broker.assertScriptsDone();

    assertThat(connects.remove().headers().asMap())
        .containsEntry("client-id", "till-1")
        .containsEntry("client-type", "till")
        .containsEntry("login", "me")
        .containsEntry("passcode", "secret");
  }

  @ParameterizedTest
  @EnumSource
  void aClientOfOneVersionOffersNoOther(Version version) throws Exception {
    accept(version.text(), "0,0");
    Offer offer = Offer.standard().with(Set.of(version)).with(new HeartBeat(1000, 2000));
    try (StompClient client = StompClient.builder(broker.uri()).offer(offer).connect()) {
      assertThat(client.agreement().version()).isEqualTo(version);
    }
    broker.assertScriptsDone();

    Frame connect = connects.remove();
    assertThat(connect.header("accept-version")).isEqualTo(version.text());
    assertThat(connect.header("heart-beat")).isEqualTo("1000,2000");
  }

  @ParameterizedTest
  @EnumSource
  void overWebSocketAClientOfOneVersionOffersNoOtherEither(Version version) throws Exception {
    broker.onConnection(
        peer -> {
          Peer stomp = WebSocketPeer.of(peer).accept(null).stomp();
          connects.add(stomp.expect("CONNECT"));
          stomp.send("CONNECTED\nversion:" + version.text() + "\n\n^@");
          stomp.receiptFor(stomp.expect("DISCONNECT"));
        });
    Offer offer = Offer.standard().with(Set.of(version));
    String uri = broker.uri().replace("stomp://", "ws://");
    try (StompClient client = StompClient.builder(uri).offer(offer).connect()) {
      assertThat(client.agreement().version()).isEqualTo(version);
    }
    broker.assertScriptsDone();

    assertThat(connects.remove().header("accept-version")).isEqualTo(version.text());
  }

  @Test
  void theHostIsThatOfTheAddressUnlessAnotherIsSet() throws Exception {
    accept("1.2", "0,0");
    accept("1.2", "0,0");
    StompClient.connect(broker.uri()).close();
    Offer earth = Offer.standard().withVirtualHost("earth");
    StompClient.builder(broker.uri() + "/moon").offer(earth).connect().close();
    broker.assertScriptsDone();

    assertThat(connects.remove().header("host")).isEqualTo("127.0.0.1");
    assertThat(connects.remove().header("host")).isEqualTo("earth");
  }

  @Test
  void whoWantsNoHeartBeatsAsksForNone() throws Exception {
    accept("1.2", "5000,5000");
    Offer offer = Offer.standard().with(HeartBeat.NONE);
    try (StompClient client = StompClient.builder(broker.uri()).offer(offer).connect()) {
      assertThat(client.agreement().heartBeat()).isEqualTo(HeartBeat.NONE);
    }
    broker.assertScriptsDone();
    assertThat(connects.remove().headers().has("heart-beat")).isFalse();
  }

  @Test
  void anotherFrameInPlaceOfConnectedIsAFaultOfTheBroker() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("MESSAGE\nmessage-id:1\ndestination:/queue/a\n\nhello^@");
          peer.expectEnd();
        });

    assertThatThrownBy(() -> StompClient.connect(broker.uri()))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNEXPECTED_FRAME))
        .hasMessageContaining("must be CONNECTED or ERROR: MESSAGE");
  }

  @Test
  void whoseAttemptFailedCanConnectAgainAndStartsAfresh() throws Exception {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:not yet\n\n^@");
          peer.expectEnd();
        });
    accept("1.2", "0,0");
    StompClientBuilder builder = StompClient.builder(broker.uri());
    assertThatThrownBy(builder::connect).isInstanceOf(BrokerErrorException.class);

    try (StompClient client = builder.connect()) {
      assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
      assertThat(client.epoch()).isEqualTo(1);
    }
    broker.assertScriptsDone();
  }

  @Test
  void theAnswerToConnectHasALimitOfItsOwn() {
    broker.onConnection(peer -> peer.expectEnd());

    assertThatThrownBy(() -> connect(broker.port(), LIMIT, Duration.ofMillis(200)))
        .isInstanceOf(StompTimeoutException.class)
        .hasMessageContaining("did not answer CONNECT within 200ms");
  }

  /** Servers of another kind wait for more, each in its own way. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH-2.0-OpenSSH_9.2~        | SSH-2.0-OpenSSH_9.2",
        "+OK POP3 ready              | +OK POP3 ready",
        "~~220 mail.example ESMTP    | 220 mail.example ESMTP",
        "CONNEXION                   | CONNEXION",
        "CONNECT~passcode:s3cret     | CONNECT...",
        "ERROR: no room for s3cret   | ERROR: no room for ***",
        "ERROR: this answer has no end, as it is not that of a broker of STOMP | ERROR: this answer has no end, as it is ...",
        "MESSAGE~message-id:1~       | MESSAGE...",
        "HTTP\u001b[31m/2            | HTTP\\x1b[31m/2"
      })
  void whatCannotBecomeAnAnswerIsShownAtOnce(String answer, String shown) {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send(answer.replace('~', '\n'));
          peer.expectEnd();
        });

    StompClientBuilder builder = StompClient.builder(broker.uri()).credentials("kiln", "s3cret");
    assertThatThrownBy(builder::connect)
        .isInstanceOf(ProtocolException.class)
        .hasMessage(
            "the answer of "
                + broker.uri()
                + " to CONNECT begins with '"
                + shown
                + "'; is it a STOMP port, and does it want TLS (stomp+ssl://)?");
  }

  @Test
  void whatMayBecomeAnAnswerIsWaitedFor() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("\n\nCONNE");
          peer.expectEnd();
        });

    assertThatThrownBy(() -> connect(broker.port(), LIMIT, Duration.ofMillis(200)))
        .isInstanceOf(StompTimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\ncontent-length:200000\n\n"})
  void refusalWithALongBodyIsStillARefusal(String headersEnd) {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:no login" + headersEnd + "x".repeat(100_000));
          peer.expectEnd();
        });

    assertThatThrownBy(() -> connect(broker.port(), LIMIT, LIMIT))
        .isInstanceOf(BrokerErrorException.class)
        .hasMessageContaining("\"no login: xxx");
  }

  @Test
  void refusalAboveTheLimitIsObservedWithoutThePasscode() {
    List<String> received = new ArrayList<>();
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:no s3cret\n\n" + "x".repeat(100_000));
          peer.expectEnd();
        });
    StompClientBuilder builder =
        StompClient.builder(broker.uri())
            .credentials("kiln", "s3cret")
            .observer(
                new ClientObserver() {
                  @Override
                  public void onFrameReceived(int epoch, Frame frame) {
                    received.add(epoch + " " + frame.command() + " " + frame.header("message"));
                  }
                });

    assertThatThrownBy(builder::connect).isInstanceOf(BrokerErrorException.class);
    assertThat(received).containsExactly("1 ERROR no ***");
  }

  @Test
  void theLimitsForConnectingDoNotEndAConnectionThatIsIdle() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").text()).isEqualTo("still here");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    ConnectOptions options =
        ConnectOptions.defaults().with(Timeouts.defaults().withConnect(Duration.ofMillis(500)));
    try (Connection connection = Connection.open(BrokerAddress.parse(broker.uri()), options)) {
      assertThatThrownBy(() -> connection.receive(Duration.ofMillis(800)))
          .isInstanceOf(StompTimeoutException.class);
      connection.send(
          Frame.of(Command.SEND, "destination", "/queue/a").with(Body.of("still here")));
    }
    broker.assertScriptsDone();
  }

  @Test
  @EnabledOnOs(OS.LINUX) // which ignores whoever does not fit into the backlog
  void aPortThatDoesNotAnswerIsLeftAfterTheLimitForConnecting() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = fill(full);
      long start = System.nanoTime();

      assertThatThrownBy(() -> connect(full.getLocalPort(), Duration.ofMillis(300), LIMIT))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("cannot connect to stomp://127.0.0.1:" + full.getLocalPort())
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Connects until nobody else can. */
  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    while (sockets.size() < 100) {
      Socket socket = new Socket();
      sockets.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException full) {
        return sockets;
      }
    }
    throw new AssertionError("a backlog of 1 took " + sockets.size() + " connections");
  }

  private static void connect(int port, Duration connect, Duration connected) {
    Timeouts all = Timeouts.defaults();
    Timeouts timeouts =
        new Timeouts(
            connect,
            connected,
            all.receipt(),
            all.space(),
            all.delivery(),
            all.writeStall(),
            all.frame(),
            all.idle(),
            all.close());
    StompClient.builder("stomp://127.0.0.1:" + port).timeouts(timeouts).connect().close();
  }

  @Test
  void anIpv6AddressIsConnectedTo() throws Exception {
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress loopback = InetAddress.getByAddress(one);
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "there is no IPv6 here");
    try (ServerSocket server = new ServerSocket(0, 1, loopback)) {
      FutureTask<String> serving = new FutureTask<>(() -> acceptOne(server));
      new Thread(serving, "ipv6-broker").start();
      String uri = "stomp://[::1]:" + server.getLocalPort();
      Timeouts timeouts = Timeouts.defaults().withClose(Duration.ofMillis(300));

      StompClient.builder(uri).timeouts(timeouts).connect().close();

      assertThat(serving.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).contains("\nhost:::1\n");
    }
  }

  /** Plays a broker that accepts CONNECT and says nothing more; returns CONNECT. */
  private static String acceptOne(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      InputStream input = socket.getInputStream();
      StringBuilder connect = new StringBuilder();
      for (int octet = input.read(); octet > 0; octet = input.read()) {
        connect.append((char) octet);
      }
      socket
          .getOutputStream()
          .write("CONNECTED\nversion:1.2\n\n\0".getBytes(StandardCharsets.US_ASCII));
      input.readAllBytes();
      return connect.toString();
    }
  }

  private void accept(String version, String heartBeat) {
    broker.onConnection(
        peer -> {
          connects.add(peer.handshake(version, heartBeat));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
  }

  /** Returns addresses at which nobody listens. */
  private static List<String> closedPorts(int number) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<String> uris = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      uris.add("stomp://127.0.0.1:" + socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return uris;
  }
}
