package io.stompbox.client;

import static io.stompbox.client.SettingText.arraySize;
import static io.stompbox.client.SettingText.bool;
import static io.stompbox.client.SettingText.decimal;
import static io.stompbox.client.SettingText.duration;
import static io.stompbox.client.SettingText.millis;
import static io.stompbox.client.SettingText.number;
import static io.stompbox.client.SettingText.size;
import static io.stompbox.client.SettingText.versions;
import static io.stompbox.client.SettingText.word;

import io.stompbox.client.transport.AddressFamily;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client can be told as text: in the query of a URI, in a properties file or a map, see
 * {@link StompClientBuilder#settings(Map)}. How often and in which order brokers are tried has the
 * names of {@link io.stompbox.protocol.failover.FailoverUri} besides.
 *
 * <p>Durations are written as {@code 500ms}, {@code 1.5s}, {@code 2m} or {@code 1h}; octets as
 * {@code 1000}, {@code 64KiB} or {@code 16MiB}.
 */
public enum ClientSetting {
  /** The login header. */
  LOGIN("login", "", "the login header; by default that of the address", SettingTarget::login),
  /** The passcode header. */
  PASSCODE("passcode", "", "the passcode header; never shown", SettingTarget::passcode),
  /** The virtual host. */
  VIRTUAL_HOST(
      "virtualHost",
      "",
      "the host header; by default the path of the address, or else its host",
      (to, v) -> to.offer(to.offer().withVirtualHost(v))),
  /** The versions that are offered. */
  VERSIONS(
      "versions",
      "1.0/1.1/1.2",
      "versions that are offered",
      (to, v) -> to.offer(to.offer().with(versions(v)))),
  /** The client-id header. */
  CLIENT_ID(
      "clientId",
      "",
      "the client-id header of CONNECT, which durable subscriptions need",
      SettingTarget::clientId),
  /** Heart-beats of this side. */
  HEART_BEAT_SEND(
      "heartBeat.send",
      "10s",
      "how often this side can send heart-beats; 0 for never",
      (to, v) -> to.offer(to.offer().withHeartBeatSend(millis(v)))),
  /** Heart-beats of the broker. */
  HEART_BEAT_RECEIVE(
      "heartBeat.receive",
      "10s",
      "how often this side wants to hear from the broker; 0 for never",
      (to, v) -> to.offer(to.offer().withHeartBeatReceive(millis(v)))),
  /** When heart-beats are sent. */
  HEART_BEAT_SEND_AFTER(
      "heartBeat.sendAfter",
      "0.5",
      "the share of the agreed period after which a silent client sends one",
      (to, v) -> to.offer(to.offer().with(to.offer().tolerance().withSendAfter(decimal(v))))),
  /** When a silent broker is given up. */
  HEART_BEAT_GIVE_UP_AFTER(
      "heartBeat.giveUpAfter",
      "2",
      "how many agreed periods the broker may be silent",
      (to, v) -> to.offer(to.offer().with(to.offer().tolerance().withGiveUpAfter(decimal(v))))),
  /** What is added to that. */
  HEART_BEAT_GRACE(
      "heartBeat.grace",
      "1s",
      "what is added to that, for pauses of either machine",
      (to, v) -> to.offer(to.offer().with(to.offer().tolerance().withGrace(duration(v))))),
  /** For a TCP connection. */
  TIMEOUT_CONNECT(
      "timeout.connect",
      "10s",
      "for connecting, and for the answer to CONNECT",
      (to, v) -> to.timeouts(to.timeouts().withConnect(duration(v)))),
  /** For receipts. */
  TIMEOUT_RECEIPT(
      "timeout.receipt",
      "30s",
      "for the receipt of SUBSCRIBE, COMMIT and the like",
      (to, v) -> to.timeouts(to.timeouts().withReceipt(duration(v)))),
  /** For room in the outgoing buffer. */
  TIMEOUT_SPACE(
      "timeout.space",
      "60s",
      "for room in the outgoing buffer",
      (to, v) -> to.timeouts(to.timeouts().withSpace(duration(v)))),
  /** For confirmations. */
  TIMEOUT_DELIVERY(
      "timeout.delivery",
      "120s",
      "for a confirmation, over all reconnects",
      (to, v) -> to.timeouts(to.timeouts().withDelivery(duration(v)))),
  /** For the network to take an octet. */
  TIMEOUT_WRITE_STALL(
      "timeout.writeStall",
      "30s",
      "for the network to take an octet",
      (to, v) -> to.timeouts(to.timeouts().withWriteStall(duration(v)))),
  /** For the end of a frame. */
  TIMEOUT_FRAME(
      "timeout.frame",
      "60s",
      "for the end of a frame that has begun, or another 4 KiB of it",
      (to, v) -> to.timeouts(to.timeouts().withFrame(duration(v)))),
  /** For a silent broker without heart-beats. */
  TIMEOUT_IDLE(
      "timeout.idle",
      "0",
      "for an octet from a broker that promised no heart-beats; 0 waits for ever",
      (to, v) -> to.timeouts(to.timeouts().withIdle(duration(v)))),
  /** For closing. */
  TIMEOUT_CLOSE(
      "timeout.close",
      "10s",
      "for everything that closing takes",
      (to, v) -> to.timeouts(to.timeouts().withClose(duration(v)))),
  /** Unconfirmed sends. */
  MOST_UNCONFIRMED(
      "most.unconfirmed",
      "1000",
      "sends whose confirmation is outstanding",
      (to, v) -> to.bounds(to.bounds().withUnconfirmed(number(v)))),
  /** Frames that wait to be written. */
  MOST_OUTGOING_FRAMES(
      "most.outgoingFrames",
      "10000",
      "frames that wait to be written",
      (to, v) -> to.bounds(to.bounds().withOutgoing(number(v), to.bounds().outgoingOctets()))),
  /** Their octets. */
  MOST_OUTGOING_OCTETS(
      "most.outgoingOctets",
      "32MiB",
      "octets of those frames",
      (to, v) -> to.bounds(to.bounds().withOutgoing(to.bounds().outgoingFrames(), size(v)))),
  /** Messages that wait in a subscription. */
  MOST_INCOMING_MESSAGES(
      "most.incomingMessages",
      "1000",
      "messages that wait in one subscription",
      (to, v) -> to.bounds(to.bounds().withIncoming(number(v), to.bounds().incomingOctets()))),
  /** Their octets. */
  MOST_INCOMING_OCTETS(
      "most.incomingOctets",
      "16MiB",
      "octets of those messages",
      (to, v) -> to.bounds(to.bounds().withIncoming(to.bounds().incomingMessages(), size(v)))),
  /** Octets that wait in all subscriptions. */
  MOST_ALL_INCOMING_OCTETS(
      "most.allIncomingOctets",
      "64MiB",
      "octets of the messages that wait in all subscriptions together",
      (to, v) -> to.bounds(to.bounds().withAllIncoming(size(v)))),
  /** The largest body that is accepted. */
  MOST_BODY_OCTETS(
      "most.bodyOctets",
      "64MiB",
      "octets of one body that is accepted from the broker",
      (to, v) -> to.limits(to.limits().withBody(arraySize(v)))),
  /** The most headers that are accepted. */
  MOST_HEADERS(
      "most.headers",
      "1024",
      "headers of one frame that are accepted from the broker",
      (to, v) -> to.limits(to.limits().withHeaders(number(v)))),
  /** How strictly the broker's octets are read. */
  MODE(
      "mode",
      "tolerant",
      "how the broker's octets are read: tolerant or strict",
      (to, v) -> to.mode(word(DecoderMode.class, v))),
  /** Whether SEND has content-length. */
  CONTENT_LENGTH(
      "contentLength",
      "automatic",
      "content-length in SEND: automatic or omitted, which makes text messages on ActiveMQ",
      (to, v) -> to.builder().contentLength(word(ContentLength.class, v))),
  /** The first frame. */
  OPENING(
      "opening",
      "connect",
      "the first frame: connect or stomp",
      (to, v) -> to.offer(to.offer().with(word(Offer.Opening.class, v)))),
  /** Who may vouch for a broker. */
  TLS_TRUST(
      "tls.trust",
      "",
      "file of certificates that may vouch for a broker, PEM or (.p12, .pfx) PKCS#12; by default"
          + " those of the JVM",
      (to, v) -> to.tls().trust(v)),
  /** The password of that file. */
  TLS_TRUST_PASSWORD(
      "tls.trustPassword",
      "",
      "password of that file; never shown",
      (to, v) -> to.tls().trustPassword(v)),
  /** The client's certificate. */
  TLS_CERTIFICATE(
      "tls.certificate",
      "",
      "file of the client's certificate, PEM or PKCS#12; by default it shows none",
      (to, v) -> to.tls().certificate(v)),
  /** The key of that certificate. */
  TLS_KEY(
      "tls.key",
      "",
      "PEM file of its private key (PKCS#8), if that is another one",
      (to, v) -> to.tls().key(v)),
  /** The password of the key. */
  TLS_KEY_PASSWORD(
      "tls.keyPassword",
      "",
      "password of the key; never shown",
      (to, v) -> to.tls().keyPassword(v)),
  /** The name in the greeting. */
  TLS_SERVER_NAME(
      "tls.serverName",
      "",
      "name in the greeting (SNI); by default the host of the address",
      (to, v) -> to.tls().serverName(v)),
  /** The oldest version of TLS. */
  TLS_MINIMUM(
      "tls.minimum",
      "1.2",
      "oldest version of TLS that is spoken: 1.2 or 1.3",
      (to, v) -> to.tls().minimum(v)),
  /** Where connections come from. */
  SOCKET_LOCAL_ADDRESS(
      "socket.localAddress",
      "",
      "address and port of this machine that connections come from; port 0 leaves it to the system",
      (to, v) -> to.sockets(to.sockets().withLocalAddress(SocketText.localAddress(v)))),
  /** Whether TCP asks silent peers. */
  SOCKET_KEEP_ALIVE(
      "socket.keepAlive",
      "60s/10s/6",
      "TCP keep-alive: off, system, or idle time, interval and count",
      (to, v) -> to.sockets(to.sockets().with(SocketText.keepAlive(v)))),
  /** The system's buffer for what comes. */
  SOCKET_RECEIVE_BUFFER(
      "socket.receiveBuffer",
      "0",
      "octets that the system holds of what comes; 0 leaves it to the system",
      (to, v) -> to.sockets(to.sockets().withBuffers(arraySize(v), to.sockets().sendBuffer()))),
  /** The system's buffer for what goes. */
  SOCKET_SEND_BUFFER(
      "socket.sendBuffer",
      "0",
      "octets that the system holds of what goes; 0 leaves it to the system",
      (to, v) -> to.sockets(to.sockets().withBuffers(to.sockets().receiveBuffer(), arraySize(v)))),
  /** Which addresses of a host are tried. */
  SOCKET_FAMILY(
      "socket.family",
      "any",
      "addresses of a host that are tried: any, ipv4-first, ipv6-first, ipv4-only or ipv6-only",
      (to, v) -> to.sockets(to.sockets().with(word(AddressFamily.class, v)))),
  /** Whether brokers without TLS may stand beside those with it. */
  ALLOW_PLAIN_AFTER_TLS(
      "allowPlainAfterTls",
      "false",
      "whether a list may have brokers with TLS and without",
      (to, v) -> to.plainAfterTls(bool(v))),
  /** Whether brokers on this machine are tried at its loopback address too. */
  LOOPBACK(
      "loopback",
      "as-listed",
      "brokers on this machine: as-listed, or tried-before at 127.0.0.1 too",
      (to, v) -> to.loopback(word(ReconnectPolicy.Loopback.class, v))),
  /** What connections go through. */
  PROXY(
      "proxy",
      "",
      "what connections go through: http://host:3128 or socks5://host:1080; by default nothing",
      (to, v) -> to.proxy().address(v)),
  /** Who logs in at the proxy. */
  PROXY_LOGIN("proxy.login", "", "who logs in at the proxy", (to, v) -> to.proxy().login(v)),
  /** The password for that. */
  PROXY_PASSWORD(
      "proxy.password",
      "",
      "the password for that; never shown",
      (to, v) -> to.proxy().password(v)),
  /** What kind of broker it is. */
  PROFILE(
      "profile",
      "auto",
      "what kind of broker it is: auto, activemq, artemis, rabbitmq, spring or generic",
      SettingTarget::profile),
  /** What confirmed sends carry. */
  DUPLICATE_DETECTION(
      "duplicateDetection",
      "broker",
      "what confirmed sends carry so that copies can be told: broker, off, or the name of a header",
      SettingTarget::duplicateDetection),
  /** How repeated sends say so. */
  MARK_REPEATS(
      "markRepeats",
      "",
      "the header of confirmed sends that are repeated; by default there is none",
      (to, v) -> to.builder().markRepeats(v));

  private static final Set<String> SECRETS =
      Set.of("passcode", "tls.trustPassword", "tls.keyPassword", "proxy.password");

  private final String key;
  private final String byDefault;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // all of them are lambdas that keep nothing
  private final Effect effect;

  ClientSetting(String key, String byDefault, String meaning, Effect effect) {
    this.key = key;
    this.byDefault = byDefault;
    this.meaning = meaning;
    this.effect = effect;
  }

  @FunctionalInterface
  private interface Effect {
    void on(SettingTarget to, String value);
  }

  /** Its name in settings. */
  public String key() {
    return key;
  }

  /** What holds if it is not set, as text; empty if that depends on something else. */
  public String byDefault() {
    return byDefault;
  }

  /** What it means, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** Returns the one with this name; empty if there is none. */
  public static Optional<ClientSetting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** Returns a value as it may be shown to people: secrets, and the user in a URI, are masked. */
  public String shown(String value) {
    return isSecret() ? "***" : withoutUser(value);
  }

  /** Whether its value is a secret, which must not be shown. */
  public boolean isSecret() {
    return SECRETS.contains(key);
  }

  /** The address of a proxy may come with a password, as it is written elsewhere. */
  private static String withoutUser(String value) {
    return value.replaceAll("(?s)^(\\w*://)?.*@", "$1***@");
  }

  void apply(SettingTarget to, String value) {
    try {
      effect.on(to, value);
    } catch (IllegalArgumentException e) {
      String shown = isSecret() ? "what is set" : "'" + withoutUser(value) + "'";
      throw new IllegalArgumentException(
          "the setting '" + key + "' can't be " + shown + ": " + e.getMessage(), e);
    }
  }
}
