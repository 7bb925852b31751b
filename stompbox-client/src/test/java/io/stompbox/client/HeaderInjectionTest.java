package io.stompbox.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that a program puts into a field can become a header or a frame of its own. What arrives
 * is read with the test kit's parser: either nothing, or one frame with just the headers that a
 * harmless text leads to and with the whole text where it belongs.
 */
@Timeout(60)
class HeaderInjectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String HARMLESS = "harmless";
  private static final String MARK = "/queue/mark";

  /** The characters that mean something to a parser, alone and as somebody would use them. */
  private static final List<String> HOSTILE =
      List.of(
          "a\nb",
          "a\rb",
          "a\0b",
          "a:b",
          "a\\b",
          "a\\nb",
          "a\nevil:1",
          "a\r\nevil:1",
          "a\revil:1",
          "a:1\nevil:1",
          "a\n\nbody\0SEND\ndestination:/queue/evil\n\n\0",
          "\0",
          "a\\",
          "\\c\\n\\r\\\\");

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final BlockingQueue<Frame> arrived = new LinkedBlockingQueue<>();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  /** A field of the API: what is called with a text to go there. */
  private interface Field {
    void use(StompClient client, String text) throws Exception;
  }

  /** The fields of calls on a connection. */
  private static Map<String, Field> fields() {
    SubscribeOptions defaults = SubscribeOptions.defaults();
    Map<String, Field> fields = new TreeMap<>();
    fields.put("send, destination", (client, text) -> client.send(text, "body"));
    fields.put(
        "send, name of a header",
        (client, text) -> client.send(Outgoing.to("/queue/a").header(text, "value")));
    fields.put(
        "send, value of a header",
        (client, text) -> client.send(Outgoing.to("/queue/a").header("name", text)));
    fields.put(
        "send, content type",
        (client, text) -> client.send(Outgoing.to("/queue/a").contentType(text).bytes(bytes())));
    fields.put(
        "trySend, value of a header",
        (client, text) -> client.trySend(Outgoing.to("/queue/a").header("name", text)));
    fields.put(
        "sendConfirmed, value of a header",
        (client, text) -> client.sendConfirmed(Outgoing.to("/queue/a").header("name", text)));
    fields.put(
        "trySendConfirmed, destination",
        (client, text) -> client.trySendConfirmed(Outgoing.to(text)));
    fields.put(
        "subscribe and unsubscribe, destination",
        (client, text) -> client.subscribe(text, defaults.withId("s")).close());
    fields.put(
        "subscribe and unsubscribe, id",
        (client, text) -> client.subscribe("/queue/a", defaults.withId(text)).close());
    fields.put(
        "subscribe and unsubscribe, name of a header",
        (client, text) ->
            client.subscribe("/queue/a", defaults.withId("s").withHeader(text, "value")).close());
    fields.put(
        "subscribe and unsubscribe, value of a header",
        (client, text) ->
            client
                .subscribe("/queue/a", defaults.withId("s").withHeader("selector", text))
                .close());
    BrokerProfile.Durable durable = requireNonNull(BrokerProfile.ARTEMIS.headers().durable());
    fields.put(
        "subscribe and unsubscribe, name of a durable subscription",
        (client, text) ->
            client.subscribe("/topic/a", durable.named(text, defaults.withId("s"))).close());
    return fields;
  }

  private static byte[] bytes() {
    return new byte[] {0, 1};
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void noFieldOfACallMakesAHeaderOrAFrameOfItsOwn(Version version) throws Exception {
    broker.onConnection(peer -> play(peer, version));
    try (StompClient client = client().connect()) {
      for (Map.Entry<String, Field> field : fields().entrySet()) {
        List<Frame> harmless = framesOf(client, field.getValue(), HARMLESS).orElseThrow();
        assertThat(harmless).as(field.getKey()).isNotEmpty();
        for (String hostile : HOSTILE) {
          String what = field.getKey() + ", " + shown(hostile) + " in " + version;
          Optional<List<Frame>> frames = framesOf(client, field.getValue(), hostile);
          assertThat(frames.isPresent())
              .as(what)
              .isEqualTo(isCarried(hostile, version, field.getKey().contains("name of a header")));
          assertThat(frames.orElse(List.of()).stream().map(frame -> content(frame, "")).toList())
              .as(what)
              .isEqualTo(expected(harmless, frames.isPresent(), hostile));
        }
      }
    }
  }

  private static List<String> expected(List<Frame> harmless, boolean isSent, String text) {
    return isSent ? harmless.stream().map(frame -> content(frame, text)).toList() : List.of();
  }

  /** What a version has a way to write, so that nothing is refused without need either. */
  private static boolean isCarried(String text, Version version, boolean isName) {
    String forbidden =
        switch (version) {
          case V1_0 -> isName ? "\n\r\0:" : "\n\r\0";
          case V1_1 -> "\r";
          case V1_2 -> "";
        };
    return text.chars().noneMatch(octet -> forbidden.indexOf(octet) >= 0);
  }

  /** Returns the frames that a call leads to; empty if it is refused. */
  private Optional<List<Frame>> framesOf(StompClient client, Field field, String text)
      throws Exception {
    boolean isRefused = false;
    try {
      field.use(client, text);
    } catch (IllegalArgumentException refused) {
      isRefused = true;
    }
    client.send(MARK, "");
    List<Frame> frames = new ArrayList<>();
    Frame next = nextArrived();
    while (!next.headers().value("destination").equals(Optional.of(MARK))) {
      frames.add(next);
      next = nextArrived();
    }
    assertThat(isRefused && !frames.isEmpty()).as("refused and sent: %s", frames).isFalse();
    return isRefused ? Optional.empty() : Optional.of(frames);
  }

  private Frame nextArrived() throws InterruptedException {
    Frame frame = arrived.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(frame).as("the next frame").isNotNull();
    return frame;
  }

  /** Everything in the frame; what belongs to a harmless text is replaced by another. */
  private static String content(Frame frame, String text) {
    StringBuilder content = new StringBuilder(frame.command().toString());
    for (Header header : frame.headers()) {
      if (!header.name().equals("receipt")) {
        content.append('|').append(header.name()).append('=').append(header.value());
      }
    }
    String all = content.append('|').append(frame.text()).toString();
    return text.isEmpty() ? all : all.replace(HARMLESS, text);
  }

  private void play(Peer peer, Version version) {
    peer.handshake(version.text());
    Optional<Frame> frame = peer.next();
    while (frame.isPresent()) {
      if (frame.get().headers().has("receipt")) {
        peer.receiptFor(frame.get());
      }
      arrived.add(frame.get());
      frame = peer.next();
    }
  }

  private StompClientBuilder client() {
    return Clients.fast(broker.uri())
        .timeouts(Timeouts.defaults().withClose(Duration.ofMillis(20)))
        .reconnect(ReconnectPolicy.never());
  }

  private static String shown(String text) {
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }

  /** The fields of CONNECT, which has no escapes in any version. */
  static Stream<Arguments> fieldsOfConnect() {
    return Stream.of(
        Arguments.of("login", (Opening) (to, text) -> to.credentials(text, "secret")),
        Arguments.of("passcode", (Opening) (to, text) -> to.credentials("me", text)),
        Arguments.of(
            "virtual host",
            (Opening) (to, text) -> to.offer(Offer.standard().withVirtualHost(text))),
        Arguments.of(
            "name of a header",
            (Opening) (to, text) -> to.offer(Offer.standard().withHeader(text, "value"))),
        Arguments.of(
            "value of a header",
            (Opening) (to, text) -> to.offer(Offer.standard().withHeader("client-id", text))));
  }

  /** A setting of a builder that ends in CONNECT. */
  private interface Opening {
    StompClientBuilder set(StompClientBuilder builder, String text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fieldsOfConnect")
  void noFieldOfConnectMakesAHeaderOfItsOwn(String name, Opening field) throws Exception {
    Frame harmless = connectFrame(field.set(client(), HARMLESS)).orElseThrow();
    for (String hostile : HOSTILE) {
      checkConnect(
          connectFrame(field.set(client(), hostile)), harmless, hostile, name.startsWith("name"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stomp://%s:pass@", "stomp://me:%s@", "stomp://me:pass@%s"})
  void noPartOfAnAddressMakesAHeaderOfItsOwn(String pattern) throws Exception {
    String host = "127.0.0.1:" + broker.port();
    String uri =
        pattern.endsWith("@%s") ? pattern.replace("%s", host + "/%s") : pattern + host + "/vhost";
    Frame harmless = connectFrame(at(uri.formatted(HARMLESS))).orElseThrow();
    for (String hostile : HOSTILE) {
      String encoded = URLEncoder.encode(hostile, StandardCharsets.UTF_8).replace("+", "%20");
      checkConnect(connectFrame(at(uri.formatted(encoded))), harmless, hostile, false);
    }
  }

  private static StompClientBuilder at(String uri) {
    return Clients.fast(uri).reconnect(ReconnectPolicy.never());
  }

  private static void checkConnect(
      Optional<Frame> connect, Frame harmless, String text, boolean isName) {
    assertThat(connect.isPresent())
        .as(shown(text))
        .isEqualTo(isCarried(text, Version.V1_0, isName));
    connect.ifPresent(frame -> assertThat(content(frame, "")).isEqualTo(content(harmless, text)));
  }

  /** Returns the CONNECT of a client; empty if it is refused before anything is written. */
  private Optional<Frame> connectFrame(StompClientBuilder builder) throws Exception {
    CompletableFuture<Optional<Frame>> connect = new CompletableFuture<>();
    broker.onConnection(
        peer -> {
          Optional<Frame> first = peer.next();
          connect.complete(first);
          if (first.isPresent()) {
            peer.send("CONNECTED\nversion:1.2\n\n^@");
            peer.receiptFor(peer.expect("DISCONNECT"));
          }
        });
    try (StompClient client = builder.connect()) {
      assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
    } catch (ConnectionLostException refused) {
      assertThat(refused).hasCauseInstanceOf(IllegalFrameException.class);
      assertThat(refused.sent()).isEqualTo(ConnectionLostException.Sent.NOT_SENT);
      assertThat(connect.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    }
    return connect.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** What a broker calls a message comes back in ACK, and must not become more than that. */
  @ParameterizedTest
  @EnumSource(Version.class)
  void whatABrokerCallsAMessageMakesNoHeaderInItsAcknowledgement(Version version) throws Exception {
    List<String> ids = HOSTILE.stream().filter(id -> isCarried(id, version, false)).toList();
    broker.onConnection(peer -> giveOut(peer, version, ids));
    try (StompClient client = client().connect()) {
      client.subscribe("/queue/a", SubscribeOptions.defaults().withId("s"), delivery -> {});
      broker.assertScriptsDone();
    }
  }

  private static void giveOut(Peer peer, Version version, List<String> ids) {
    peer.handshake(version.text());
    Frame subscribe = peer.expect("SUBSCRIBE");
    peer.receiptFor(subscribe);
    Set<String> names =
        version == Version.V1_2 ? Set.of("id") : Set.of("message-id", "subscription");
    for (String id : ids) {
      String written = version == Version.V1_0 ? id : escaped(id);
      peer.send(
          "MESSAGE\nsubscription:s\ndestination:/queue/a\nmessage-id:%s\nack:%s\n\n"
                  .formatted(written, written)
              + "^@");
      Frame ack = peer.expect("ACK");
      assertThat(ack.headers().asMap().keySet()).as(shown(id)).isEqualTo(names);
      assertThat(ack.header(version == Version.V1_2 ? "id" : "message-id")).isEqualTo(id);
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace(":", "\\c");
  }

  /** An error destination gets the words of an exception, which may have come from anywhere. */
  @ParameterizedTest
  @EnumSource(Version.class)
  void whatAHandlerThrowsMakesNoHeaderInTheCopyForTheErrorDestination(Version version)
      throws Exception {
    broker.onConnection(peer -> takeCopies(peer, version));
    try (StompClient client = client().connect()) {
      client.subscribe(
          "/queue/a",
          SubscribeOptions.defaults().with(new ErrorPolicy.Forward("/queue/failed")),
          delivery -> {
            throw new IllegalStateException(HOSTILE.get(Integer.parseInt(delivery.text())));
          });
      broker.assertScriptsDone();
    }
  }

  private static void takeCopies(Peer peer, Version version) {
    peer.handshake(version.text());
    Frame subscribe = peer.expect("SUBSCRIBE");
    peer.receiptFor(subscribe);
    Set<String> names = null;
    for (int i = 0; i < HOSTILE.size(); i++) {
      peer.message(subscribe, "m-" + i, "" + i);
      Frame copy = peer.expect("SEND");
      names = names == null ? copy.headers().asMap().keySet() : names;
      assertThat(copy.headers().asMap().keySet()).as(shown(HOSTILE.get(i))).isEqualTo(names);
      assertThat(copy.header("message-failed")).startsWith("java.lang.IllegalStateException");
      assertThat(copy.text()).isEqualTo("" + i);
      peer.receiptFor(copy);
      peer.expect("ACK");
    }
  }
}
