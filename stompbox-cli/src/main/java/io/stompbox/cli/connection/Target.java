package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.transport.TlsOptions;
import io.stompbox.client.transport.TransportOptions;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.failover.Scheme;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which brokers to connect to and how: what holds after all layers were looked at.
 *
 * @param brokers without options and settings
 * @param settings of the client, without login and password
 * @param origins what the places are called that the settings come from, and under {@link
 *     Context#SERVER} that of the brokers
 * @param account who logs in, as far as the addresses don't say it
 */
record Target(
    FailoverUri brokers,
    Map<String, String> settings,
    Map<String, String> origins,
    Account account) {
  /** Stands for all names of this machine. */
  private static final String LOCAL_HOST = "localhost";

  private static final String PLAIN_AFTER_TLS = "allowPlainAfterTls";

  Target {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    origins = Map.copyOf(origins);
  }

  /** Where a value comes from; empty if it was just typed, or is the default. */
  Optional<String> origin(String name) {
    return Optional.ofNullable(origins.get(name))
        .filter(place -> !place.startsWith("--") && !place.equals(LayerSources.DEFAULT));
  }

  /** Whether TLS checks nothing. */
  boolean isInsecure() {
    return settings.getOrDefault(Context.INSECURE, "false").equals("true");
  }

  /** Tells what is dangerous in them. */
  void warn(Environment environment) {
    if (isInsecure() && brokers.brokers().stream().anyMatch(broker -> broker.scheme().isSecure())) {
      environment.tell("warning: nobody checks that the broker is who it says it is (--insecure)");
    }
    readableOnTheWay()
        .ifPresent(
            broker ->
                environment.insist(
                    "warning: the password goes to "
                        + broker
                        + " in clear, for everybody on the way to read; use stomp+ssl:// or wss://"));
  }

  /** A broker that a password goes to in clear, over a network; empty if there is none. */
  private Optional<BrokerAddress> readableOnTheWay() {
    return brokers.brokers().stream()
        .filter(broker -> broker.scheme().isPlainNetwork())
        .filter(broker -> !BrokerAddress.isLoopbackName(broker.host()))
        .filter(broker -> account.password() != null || broker.passcode().isPresent())
        .findFirst();
  }

  /** Whether the time for a confirmation is another than that for any answer. */
  boolean limitsDelivery() {
    return !settings.getOrDefault("timeout.delivery", "").equals(settings.get(Context.TIMEOUT));
  }

  /** Whether it says when to connect again. */
  private boolean hasPolicy() {
    return settings.containsKey("reconnect")
        || FailoverUri.optionNames().stream().anyMatch(settings::containsKey);
  }

  /** Whether a broker and its virtual host may be one of the other's; names are not looked up. */
  boolean sharesBrokerWith(Target other) {
    return brokers.brokers().stream()
        .map(this::place)
        .anyMatch(other.brokers.brokers().stream().map(other::place).toList()::contains);
  }

  private Place place(BrokerAddress broker) {
    String host = broker.host().toLowerCase(Locale.ROOT);
    return new Place(
        BrokerAddress.isLoopbackName(host) ? LOCAL_HOST : host,
        broker.socketPath().orElse("" + broker.port()),
        settings.getOrDefault("virtualHost", broker.virtualHost().orElse("")));
  }

  private record Place(String host, String portOrSocket, String virtualHost) {}

  /** Refuses what no broker can be reached with, and settings that can't be read. */
  void check() {
    Ports.check(brokers, comesFrom(Context.SERVER));
    StompClientBuilder ignored = builder(ReconnectPolicy.never());
    checkMixture();
  }

  /** As the library does for a client; ping and doctor connect without one. */
  private void checkMixture() {
    List<Scheme> schemes = brokers.brokers().stream().map(BrokerAddress::scheme).toList();
    boolean isMixed =
        schemes.stream().anyMatch(Scheme::isSecure)
            && schemes.stream().anyMatch(Scheme::isPlainNetwork);
    if (isMixed && !settings.getOrDefault(PLAIN_AFTER_TLS, "false").equals("true")) {
      throw Failure.usage(
          "the list has brokers with TLS and brokers without, which get what is sent when those"
              + " with TLS can't be reached, passwords too",
          "give all of them TLS, or --set " + PLAIN_AFTER_TLS + "=true",
          comesFrom(Context.SERVER));
    }
  }

  /** Returns a builder that knows everything but the account. */
  StompClientBuilder builder(ReconnectPolicy unlessTold) {
    StompClientBuilder builder = StompClient.builder(brokers);
    if (isInsecure()) {
      TlsOptions open =
          TlsOptions.defaults()
              .insecurelyAcceptingAnyCertificate()
              .insecurelyAcceptingAnyHostName();
      builder.transports(TransportOptions.defaults().with(open));
    }
    if (!hasPolicy()) {
      builder.reconnect(unlessTold);
    }
    Map<String, String> known = new LinkedHashMap<>(settings);
    known.keySet().removeAll(Context.OWN_NAMES);
    try {
      return builder.settings(known);
    } catch (IllegalArgumentException e) {
      throw bad(e);
    }
  }

  private Failure bad(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    Optional<String> culprit =
        settings.keySet().stream().filter(name -> message.contains("'" + name + "'")).findFirst();
    String[] advice =
        culprit.or(() -> ofFileIn(message)).map(this::comesFrom).stream().toArray(String[]::new);
    return Failure.usage(message, advice);
  }

  private String comesFrom(String name) {
    return "it comes from " + origins.getOrDefault(name, "the default");
  }

  /** A file that can't be read is named without the setting. */
  private Optional<String> ofFileIn(String message) {
    return settings.keySet().stream()
        .filter(name -> name.startsWith("tls.") && !Context.isSecret(name))
        .filter(name -> message.contains(settings.getOrDefault(name, "")))
        .findFirst();
  }
}
