package io.stompbox.checks.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.checks.matrix.Fault;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Credentials;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Timeouts;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.client.transport.WebSocketOptions;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret turns up in no log, no exception, no text of an object and no name of a thread. */
@Tag(Fault.TAG)
class SecretsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ScriptedBroker broker = ScriptedBroker.start();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  static Stream<Arguments> objects() {
    String authority = Canary.LOGIN + ":" + Canary.percentEncoded() + "@host:61613";
    String uri = "stomp://" + authority;
    Credentials credentials = new Credentials(Canary.LOGIN, Canary.RAW);
    Map<String, Object> objects = new TreeMap<>();
    objects.put("credentials", credentials);
    objects.put("credentials without a login", new Credentials(null, Canary.RAW));
    objects.put("failover uri", FailoverUri.parse("failover:(" + uri + "," + uri + ")"));
    objects.put("brokers of it", FailoverUri.parse(uri).brokers());
    objects.put("address", FailoverUri.parse(uri).brokers().get(0));
    objects.put("CONNECT", connect());
    objects.put("headers of CONNECT", connect().headers());
    objects.put("header", new Header("passcode", Canary.RAW));
    objects.put("offer", Offer.standard().withHeader("Authorization", Canary.basic()));
    objects.put("options", ConnectOptions.defaults().with(() -> credentials).with(secretHeaders()));
    objects.put(
        "message", Outgoing.to("/queue/a").header("Authorization", Canary.basic()).text("x"));
    objects.put("subscription", SubscribeOptions.defaults().withHeader("passcode", Canary.RAW));
    objects.put(
        "web sockets", WebSocketOptions.defaults().withHeader("Authorization", Canary.basic()));
    objects.put(
        "transports",
        TransportFactory.sockets(
            WebSocketOptions.defaults().withHeader("Authorization", Canary.basic())));
    return objects.entrySet().stream()
        .map(object -> Arguments.of(object.getKey(), object.getValue().toString()));
  }

  private static Frame connect() {
    Headers headers = Headers.of("login", Canary.LOGIN, "passcode", Canary.RAW);
    return new Frame(Command.CONNECT, headers, Body.empty());
  }

  private static Offer secretHeaders() {
    return Offer.standard().withHeader("Authorization", Canary.basic());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objects")
  void noTextOfAnObjectHasIt(String what, String text) {
    Canary.assertNotIn(text, what);
  }

  /** What brokers do to a client whose address has a secret. */
  static Stream<Arguments> failures() {
    return Stream.of(
        failure("hangs up", Peer::close),
        failure("resets", Peer::reset),
        failure("says nothing", Peer::expectEnd),
        failure("refuses", peer -> peer.send("ERROR\nmessage:bad login\n\n^@")),
        failure(
            "refuses and repeats the secret",
            peer ->
                peer.send(
                    "ERROR\nmessage:no " + Canary.escaped() + "\n\nnot " + Canary.RAW + "^@")),
        failure("sends garbage", peer -> peer.send("\u0001\u0002\n\n^@")),
        failure("sends another frame", peer -> peer.send("MESSAGE\na:b\n\n^@")),
        failure("speaks another version", peer -> peer.send("CONNECTED\nversion:9\n\n^@")));
  }

  private static Arguments failure(String what, ScriptedBroker.Script then) {
    return Arguments.of(
        what,
        (ScriptedBroker.Script)
            peer -> {
              peer.expect("CONNECT");
              then.play(peer);
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void noFailureToConnectTellsIt(String what, ScriptedBroker.Script script) {
    broker.otherwise(script);
    try (LogScan log = LogScan.start()) {
      for (StompClientBuilder builder : List.of(inTheAddress(), inCredentials())) {
        StringBuilder told = new StringBuilder();
        try {
          builder.timeouts(timeouts(what.equals("says nothing") ? SHORT : LIMIT)).connect().close();
        } catch (RuntimeException e) {
          told.append(LogScan.trace(e));
        }
        assertThat(told).as("what was thrown").isNotEmpty();
        Canary.assertNotIn(told.toString(), what);
      }
      Canary.assertNotIn(log.text(), "the log");
    }
  }

  private StompClientBuilder inTheAddress() {
    String authority = Canary.LOGIN + ":" + Canary.percentEncoded() + "@";
    return settings(StompClient.builder(broker.uri().replace("//", "//" + authority)));
  }

  private StompClientBuilder inCredentials() {
    return settings(StompClient.builder(broker.uri()).credentials(Canary.LOGIN, Canary.RAW));
  }

  private static StompClientBuilder settings(StompClientBuilder builder) {
    return builder.timeouts(timeouts(LIMIT)).reconnect(ReconnectPolicy.never());
  }

  private static Timeouts timeouts(Duration connect) {
    return Timeouts.defaults().withConnect(connect).withClose(SHORT);
  }

  @Test
  void noLossOfAConnectionTellsIt() throws Exception {
    List<StateChange> changes = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.send("ERROR\nmessage:go away\n\n^@");
        });
    broker.otherwise(peer -> peer.handshake("1.2"));
    StompClientBuilder builder =
        settings(inTheAddress()).reconnect(ReconnectPolicy.standard()).onStateChange(changes::add);
    try (LogScan log = LogScan.start()) {
      try (StompClient client = builder.connect()) {
        client.send(Outgoing.to("/queue/a").header("Authorization", Canary.basic()));
        await().atMost(LIMIT).until(() -> client.epoch() == 2);
        Canary.assertNotIn(client.toString(), "the client");
        await().atMost(LIMIT).until(() -> threads().contains("stompbox-reader-2"));
        Canary.assertNotIn(threads(), "the names of threads");
      }
      changes.forEach(
          change -> {
            Canary.assertNotIn(change.toString(), "a change of state");
            change.cause().ifPresent(cause -> Canary.assertNotIn(LogScan.trace(cause), "a loss"));
          });
      assertThat(log.text()).contains("RECOVERING");
      Canary.assertNotIn(log.text(), "the log");
    }
  }

  private static String threads() {
    return LiveThreads.ofClients().toString();
  }

  @ParameterizedTest
  @MethodSource("badAddresses")
  void noAddressThatCannotBeReadIsRepeatedWithIt(String address) {
    try {
      StompClient.builder(address);
      BrokerAddress unexpected = FailoverUri.parse(address).brokers().get(0);
      Canary.assertNotIn(unexpected.toString(), "an address that was read after all");
    } catch (IllegalArgumentException e) {
      Canary.assertNotIn(LogScan.trace(e), "the complaint");
    }
  }

  static Stream<String> badAddresses() {
    String secret = Canary.LOGIN + ":" + Canary.percentEncoded();
    return Stream.of(
        "stomp://" + secret + "@",
        "stomp://" + secret + "@host:port",
        "stomp://" + secret + "@host:99999999",
        "stomp:" + secret + "@host",
        "http://" + secret + "@host",
        "failover:(stomp://" + secret + "@host",
        "failover:(stomp://" + secret + "@host:1)?unknown=" + secret,
        "stomp://" + Canary.LOGIN + ":" + Canary.RAW + "@host:61613",
        "stomp://" + secret + "%zz@host:61613",
        "stomp://" + secret + "@ho st:61613");
  }
}
