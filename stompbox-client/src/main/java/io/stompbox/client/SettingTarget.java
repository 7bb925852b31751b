package io.stompbox.client;

import io.stompbox.client.transport.SocketOptions;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A builder whose parts change one by one, as settings come. */
final class SettingTarget {
  /** The name of a whole policy, which the options of a failover URI change. */
  static final String RECONNECT = "reconnect";

  private static final Map<String, ReconnectPolicy> POLICIES =
      Map.of(
          "standard", ReconnectPolicy.standard(),
          "activemq", ReconnectPolicy.activeMq(),
          "stompPy", ReconnectPolicy.stompPy(),
          "never", ReconnectPolicy.never());
  private static final Map<String, Optional<BrokerProfile>> PROFILES =
      Map.of(
          "auto", Optional.empty(),
          "generic", Optional.of(BrokerProfile.GENERIC),
          "activemq", Optional.of(BrokerProfile.ACTIVEMQ),
          "artemis", Optional.of(BrokerProfile.ARTEMIS),
          "rabbitmq", Optional.of(BrokerProfile.RABBITMQ),
          "spring", Optional.of(BrokerProfile.SPRING));

  private final StompClientBuilder builder;
  private @Nullable TlsText tls;
  private @Nullable ProxyText proxy;
  private ReconnectPolicy.@Nullable Loopback loopback;

  SettingTarget(StompClientBuilder builder) {
    this.builder = builder;
  }

  /** Whether a name is looked at here. What nobody knows is refused here too, with all names. */
  static boolean isSetting(String name) {
    return !FailoverUri.optionNames().contains(name);
  }

  StompClientBuilder builder() {
    return builder;
  }

  /** Applies all. */
  void apply(Map<String, String> settings) {
    Map<String, String> failover = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> {
          if (!isSetting(name)) {
            failover.put(name, value);
          } else if (!name.equals(RECONNECT)) {
            ClientSetting.of(name).orElseThrow(() -> unknown(name)).apply(this, value);
          }
        });
    reconnect(settings.get(RECONNECT), failover);
    if (loopback != null) {
      builder.reconnect(builder.options().reconnect().with(loopback));
    }
    if (tls != null) {
      builder.transports(builder.transports().with(tls.on(builder.transports().tls())));
    }
    if (proxy != null) {
      builder.transports(builder.transports().with(proxy.options()));
    }
  }

  private IllegalArgumentException unknown(String name) {
    Set<String> known = new TreeSet<>(FailoverUri.optionNames());
    known.add(RECONNECT);
    Arrays.stream(ClientSetting.values()).map(ClientSetting::key).forEach(known::add);
    boolean isWeb = builder.brokers().stream().anyMatch(broker -> broker.scheme().isWebSocket());
    return new IllegalArgumentException(
        "the option '"
            + name
            + "' is not known; known are "
            + known
            + (isWeb
                ? "; the query of a WebSocket address stands in brackets:"
                    + " failover:(ws://host/path?query)"
                : ""));
  }

  private void reconnect(@Nullable String name, Map<String, String> failover) {
    if (name == null && failover.isEmpty()) {
      return;
    }
    ReconnectPolicy base = name == null ? builder.policyOrActiveMq() : policy(name);
    builder.reconnect(new FailoverUri(builder.brokers(), failover).policy(base));
  }

  private static ReconnectPolicy policy(String name) {
    try {
      return SettingText.oneOf(POLICIES, name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the setting 'reconnect' can't be '" + name + "': " + e.getMessage(), e);
    }
  }

  void login(String text) {
    credentials(credentials().withLogin(text));
  }

  void passcode(String text) {
    credentials(credentials().withPasscode(text));
  }

  private CredentialText credentials() {
    return CredentialText.on(builder.connectOptions().credentials());
  }

  private void credentials(CredentialText changed) {
    builder.connect(builder.connectOptions().with(changed));
  }

  void clientId(String id) {
    Offer offer = offer();
    offer(offer.with(offer.headers().toBuilder().set("client-id", id).build()));
  }

  Offer offer() {
    return builder.connectOptions().offer();
  }

  void offer(Offer other) {
    builder.offer(other);
  }

  /** What belongs together with TLS; it takes effect when everything is known. */
  TlsText tls() {
    if (tls == null) {
      tls = new TlsText();
    }
    return tls;
  }

  /** As {@link #tls()}, of the proxy. */
  ProxyText proxy() {
    if (proxy == null) {
      proxy = new ProxyText();
    }
    return proxy;
  }

  void loopback(ReconnectPolicy.Loopback wanted) {
    loopback = wanted;
  }

  void plainAfterTls(boolean isAllowed) {
    builder.mixture(isAllowed ? TlsMixture.ALLOWED : TlsMixture.REFUSED);
  }

  SocketOptions sockets() {
    return builder.transports().sockets();
  }

  void sockets(SocketOptions other) {
    builder.transports(builder.transports().with(other));
  }

  Timeouts timeouts() {
    return builder.connectOptions().timeouts();
  }

  void timeouts(Timeouts other) {
    builder.timeouts(other);
  }

  Bounds bounds() {
    return builder.bounds();
  }

  void bounds(Bounds other) {
    builder.bounds(other);
  }

  DecoderLimits limits() {
    return builder.connectOptions().limits();
  }

  void limits(DecoderLimits other) {
    builder.connect(builder.connectOptions().with(other));
  }

  void mode(DecoderMode other) {
    builder.connect(builder.connectOptions().with(other));
  }

  void profile(String name) {
    builder.profile(SettingText.oneOf(PROFILES, name).orElse(null));
  }

  /** Takes {@code broker}, {@code off} or the name of a header. */
  void duplicateDetection(String text) {
    builder.duplicateDetection(
        switch (text) {
          case "broker" -> DuplicateDetection.standard();
          case "off" -> new DuplicateDetection.Off();
          default -> new DuplicateDetection.InHeader(text);
        });
  }
}
