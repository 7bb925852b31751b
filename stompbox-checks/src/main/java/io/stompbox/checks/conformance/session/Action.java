package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Headers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call that a script makes: its name and its arguments. */
final class Action {
  private static final Set<String> SENT = Set.of("receipt", "timeout_ms", "async_", "headers");

  /** Which arguments each call may have, besides those that all frames may have. */
  private static final Map<String, Set<String>> ARGUMENTS =
      Map.ofEntries(
          Map.entry(
              "connect",
              Set.of("host", "port", "vhost", "login", "passcode", "stomp_command", "versions")),
          Map.entry("send", Set.of("destination", "body", "headers_map", "tx", "content_type")),
          Map.entry("send_text", Set.of("destination", "text", "tx")),
          Map.entry("send_many", Set.of("destination", "count", "body")),
          Map.entry("send_parallel", Set.of("destination", "threads", "each", "body_size")),
          Map.entry("subscribe", Set.of("destination", "id", "ack", "handler", "send_id")),
          Map.entry("unsubscribe", Set.of("id", "destination")),
          Map.entry("ack", Set.of("message", "tx")),
          Map.entry("nack", Set.of("message", "tx")),
          Map.entry("begin", Set.of("tx")),
          Map.entry("commit", Set.of("tx")),
          Map.entry("abort", Set.of("tx")),
          Map.entry("disconnect", Set.of()),
          Map.entry("abort_connection", Set.of()));

  private final Json.Fields fields;
  private final Map<String, String> ownMap;

  private Action(Json.Fields fields) {
    this.fields = fields;
    this.ownMap = map();
  }

  static Action read(Json.Fields fields) {
    String name = fields.text("do");
    Set<String> own = ARGUMENTS.get(name);
    if (own == null) {
      throw new CaseFormatException("'do' names no call that this runner can make: " + name);
    }
    Map<String, Json> rest = new HashMap<>(fields.members());
    rest.keySet().removeAll(own);
    rest.keySet().removeAll(SENT);
    rest.remove("do");
    new Json.Fields(rest).expectOnly("'do': " + name, Set.of());
    return new Action(fields);
  }

  /** The call to connect with everything by default. */
  static Action connect() {
    return new Action(new Json.Fields(Map.of("do", new Json.Text("connect"))));
  }

  String name() {
    return fields.text("do");
  }

  /** Returns a text; null if it is null or not there. */
  @Nullable String text(String argument) {
    return fields.optionalText(argument).orElse(null);
  }

  String text(String argument, String otherwise) {
    return fields.optionalText(argument).orElse(otherwise);
  }

  int whole(String argument) {
    return fields.whole(argument);
  }

  boolean flag(String argument) {
    return fields.flag(argument);
  }

  boolean isFalse(String argument) {
    return fields.has(argument) && !fields.flag(argument);
  }

  List<String> texts(String argument) {
    return fields.optionalTexts(argument);
  }

  Optional<Integer> timeoutMillis() {
    return fields.has("timeout_ms") ? Optional.of(fields.whole("timeout_ms")) : Optional.empty();
  }

  /** Text stands for its UTF-8 form. */
  Body body() {
    if (!fields.has("body")) {
      return Body.empty();
    }
    return fields.any("body") instanceof Json.Text text
        ? Body.of(text.value())
        : CaseFields.octets("body", fields.any("body"));
  }

  /** The receipt that is asked for; empty if none is. */
  Receipt receipt() {
    if (!fields.has("receipt")) {
      return new Receipt(false, null);
    }
    return fields.any("receipt") instanceof Json.Text text
        ? new Receipt(true, text.value())
        : new Receipt(fields.flag("receipt"), null);
  }

  /**
   * A receipt.
   *
   * @param id null if it is to be generated
   */
  record Receipt(boolean wanted, @Nullable String id) {}

  /** The free headers, whichever way they are given. A null name or value is passed on. */
  @SuppressWarnings("NullAway")
  Headers headers() {
    Headers.Builder headers = Headers.of(ownMap).toBuilder();
    if (fields.has("headers")) {
      CaseFields.entries(fields).forEach(entry -> headers.add(entry.name(), entry.value()));
    }
    return headers.build();
  }

  private Map<String, String> map() {
    Map<String, String> map = new LinkedHashMap<>();
    Json.Fields given = fields.optionalFields("headers_map");
    given.members().keySet().forEach(name -> map.put(name, given.text(name)));
    return map;
  }

  /** Whether the map that was handed over is still what the script says. */
  boolean isMapUnchanged() {
    return ownMap.equals(map());
  }
}
