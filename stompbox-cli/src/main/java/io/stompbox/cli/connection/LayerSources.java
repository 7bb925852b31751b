package io.stompbox.cli.connection;

import io.stompbox.cli.connection.Layer.Place;
import io.stompbox.cli.context.Context;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the values come from that the arguments leave open: the environment and contexts. */
final class LayerSources {
  static final String DEFAULT = "the default";
  static final String URI = "STOMPBOX_URI";
  static final String DEFAULT_URI = "stomp://127.0.0.1:61613";
  private static final String USER = "STOMPBOX_USER";
  private static final String PASSWORD = "STOMPBOX_PASSWORD";
  private static final String CONTEXT = "STOMPBOX_CONTEXT";
  private static final Layer DEFAULTS =
      new Layer(
          Place.DEFAULT,
          DEFAULT,
          Map.of(
              Context.SERVER,
              DEFAULT_URI,
              Context.TIMEOUT,
              "10s",
              // Little enough for Ctrl-C to feel immediate.
              "timeout.close",
              "1500ms"));

  private final Environment environment;

  LayerSources(Environment environment) {
    this.environment = environment;
  }

  /** The layers of who says nothing but this context. */
  static Layers of(Context context) {
    return new Layers(List.of(DEFAULTS, layer(context)));
  }

  /** As {@link #of(Context)}, where arguments say more. */
  static Layers of(Context context, Map<String, String> given) {
    return new Layers(List.of(DEFAULTS, layer(context), arguments(given)));
  }

  private static Layer arguments(Map<String, String> given) {
    return new Layer(Place.ARGUMENTS, "--set", given);
  }

  private static Layer layer(Context context) {
    return new Layer(Place.CONTEXT, "the context " + context.name(), context.values());
  }

  /**
   * Returns all layers.
   *
   * @param context the name of the one to take; null if the arguments name none
   * @param given what the arguments say
   */
  Layers layers(@Nullable String context, Map<String, String> given) {
    List<Layer> layers = new ArrayList<>();
    layers.add(DEFAULTS);
    Contexts contexts = new Contexts(environment.variables());
    name(context, contexts).map(contexts::load).map(LayerSources::layer).ifPresent(layers::add);
    layers.add(new Layer(Place.ENVIRONMENT, "the environment", ofEnvironment()));
    layers.add(arguments(given));
    return new Layers(layers);
  }

  private Optional<String> name(@Nullable String context, Contexts contexts) {
    Optional<String> named =
        Optional.ofNullable(context)
            .or(() -> Optional.of(variable(CONTEXT)).filter(name -> !name.isEmpty()));
    return named.or(contexts::selected).filter(name -> !name.equals(Contexts.NONE));
  }

  private Map<String, String> ofEnvironment() {
    Map<String, String> values = new LinkedHashMap<>();
    if (!variable(URI).isEmpty()) {
      values.put(Context.SERVER, variable(URI));
    }
    if (!variable(USER).isEmpty()) {
      values.put("login", variable(USER));
    }
    if (!variable(PASSWORD).isEmpty()) {
      values.put(Context.PASSWORD_VARIABLE, PASSWORD);
    }
    return values;
  }

  private String variable(String name) {
    return environment.variables().getOrDefault(name, "");
  }
}
