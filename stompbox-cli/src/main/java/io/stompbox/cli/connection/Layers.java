package io.stompbox.cli.connection;

import io.stompbox.cli.connection.Layer.Place;
import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;

/**
 * Puts the layers on top of each other: a value of a stronger one takes the place of a weaker
 * one's. The settings of a URI belong to the layer that the URI is in.
 */
final class Layers {
  private static final List<String> TIMEOUTS =
      List.of(
          "timeout.connect",
          "timeout.receipt",
          "timeout.space",
          "timeout.delivery",
          "timeout.writeStall");
  private static final List<String> ATTEMPTS =
      List.of("maxReconnectAttempts", "startupMaxReconnectAttempts");

  private final List<Layer> layers;
  private final Layer ofServer;
  private final FailoverUri uri;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> origins = new HashMap<>();

  /** Takes the weakest first, which has a server. */
  Layers(List<Layer> layers) {
    this.layers = layers;
    this.ofServer = last(layers);
    this.uri = Servers.parse(ofServer.values().getOrDefault(Context.SERVER, ""), ofServer);
  }

  private static Layer last(List<Layer> layers) {
    return layers.stream()
        .filter(layer -> layer.values().containsKey(Context.SERVER))
        .reduce((weaker, stronger) -> stronger)
        .orElseThrow();
  }

  /**
   * Returns what holds.
   *
   * @param isContextMeant whether the context is named by an argument: if it is not, its login goes
   *     to its own brokers only
   */
  Target target(boolean isContextMeant) {
    for (Layer layer : layers) {
      if (layer.equals(ofServer)) {
        Map<String, String> ofUri = new LinkedHashMap<>(uri.options());
        ofUri.putAll(uri.settings());
        ofUri.forEach((name, value) -> put(layer, name, value));
        origins.put(Context.SERVER, layer.origin(Context.SERVER));
      }
      add(layer);
    }
    List.of("login", "passcode", Context.SERVER).forEach(settings::remove);
    return new Target(
        new FailoverUri(uri.brokers(), Map.of()), settings, origins, account(isContextMeant));
  }

  /** What stands for several settings comes first, so that a single one can differ. */
  private void add(Layer layer) {
    Context.OWN_NAMES.stream()
        .filter(layer.values()::containsKey)
        .forEach(name -> put(layer, name, layer.values().getOrDefault(name, "")));
    layer
        .values()
        .forEach(
            (name, value) -> {
              if (!Context.OWN_NAMES.contains(name) && !name.equals(Layer.ASK)) {
                put(layer, name, value);
              }
            });
  }

  private void put(Layer layer, String name, String value) {
    switch (name) {
      case Context.TIMEOUT -> {
        Duration ignored = read(layer, name, () -> DurationConverter.parse(value));
        TIMEOUTS.forEach(one -> set(layer, one, value, Context.TIMEOUT));
        set(layer, name, value, name);
      }
      case Context.RETRY -> retry(layer, value);
      case Context.INSECURE -> {
        // Whoever lets anybody pass has no use for those that a weaker layer trusts.
        settings.keySet().removeIf(known -> value.equals("true") && known.startsWith("tls.trust"));
        set(layer, name, value, name);
      }
      default -> set(layer, name, value, name);
    }
  }

  private void set(Layer layer, String name, String value, String by) {
    settings.put(name, value);
    origins.put(name, layer.origin(by));
  }

  private void retry(Layer layer, String value) {
    ATTEMPTS.forEach(settings::remove);
    if (value.equals("never") || value.equals("0")) {
      set(layer, "reconnect", "never", Context.RETRY);
      return;
    }
    boolean isPolicyOpen = FailoverUri.optionNames().stream().noneMatch(settings::containsKey);
    if (settings.getOrDefault("reconnect", isPolicyOpen ? "never" : "").equals("never")) {
      set(layer, "reconnect", "standard", Context.RETRY);
    }
    set(layer, "maxReconnectAttempts", attempts(layer, value, 0), Context.RETRY);
    int each = uri.brokers().size() - 1;
    set(layer, "startupMaxReconnectAttempts", attempts(layer, value, each), Context.RETRY);
  }

  private static String attempts(Layer layer, String value, int least) {
    if (value.equals("forever")) {
      return "-1";
    }
    int number = read(layer, Context.RETRY, () -> RetryConverter.number(value));
    return String.valueOf(Math.max(least, number));
  }

  /** A file may have what no argument can have. */
  private static <T> T read(Layer layer, String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (TypeConversionException e) {
      throw Failure.usage(
          "'%s': %s".formatted(name, e.getMessage()), "it comes from " + layer.origin(name));
    }
  }

  private Account account(boolean isContextMeant) {
    List<Account> accounts = new ArrayList<>();
    Account ofAddress = ofAddress();
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      if (isContextMeant || !isOfOtherBrokers(layer)) {
        accounts.add(layer.account());
      }
      if (layer.equals(ofServer)) {
        accounts.add(new Layer(layer.place(), layer.name(), uri.settings()).account());
        accounts.add(ofAddress);
      }
    }
    return Account.of(accounts, ofAddress);
  }

  private boolean isOfOtherBrokers(Layer layer) {
    return layer.place() == Place.CONTEXT
        && !layer.equals(ofServer)
        && layer.values().containsKey(Context.SERVER);
  }

  private Account ofAddress() {
    BrokerAddress address = uri.brokers().get(0);
    return new Account(
        address.login().orElse(null),
        address.passcode().map(PasswordPlace.Known::new).orElse(null),
        ofServer.remoteOrigin());
  }

  /** What the user should know before anything is sent. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    boolean isVisible =
        ofServer.place() == Place.ARGUMENTS || ofServer.place() == Place.ENVIRONMENT;
    if (isVisible && Context.hasPassword(ofServer.values().getOrDefault(Context.SERVER, ""))) {
      warnings.add(
          "a password in the URI shows in process lists; use --password-env,"
              + " --password-file or --ask-password");
    }
    if (layers.stream()
        .filter(layer -> layer.place() == Place.ARGUMENTS)
        .anyMatch(layer -> layer.values().keySet().stream().anyMatch(Context::isSecret))) {
      warnings.add(
          "a password in --set shows in process lists; use --password-env, --password-file or a"
              + " context");
    }
    return warnings;
  }

  /** Of the arguments for TLS where no broker has it; other places serve many commands. */
  List<String> withoutEffect() {
    if (uri.brokers().stream().anyMatch(broker -> broker.scheme().isSecure())) {
      return List.of();
    }
    return layers.stream()
        .filter(layer -> layer.place() == Place.ARGUMENTS)
        .flatMap(layer -> layer.values().keySet().stream().map(layer::origin))
        .filter(flag -> flag.startsWith("--tls") || flag.equals("--insecure"))
        .map(flag -> flag + " has no effect without TLS; use stomp+ssl://")
        .toList();
  }
}
