package io.stompbox.checks.conformance.commands;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Commands;
import io.stompbox.protocol.session.FrameOptions;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.MessageIds;
import io.stompbox.protocol.session.SubscriptionToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says a call of stomp.py in the words of {@link Commands}. */
final class StompPyCalls {
  /** The host that stomp.py was connected to. */
  private static final String HOST = "h";

  /** An id that a library makes itself; it differs each time. */
  private static final String OWN_ID = "an id of its own";

  private final Version version;
  private final String name;
  private final HeartBeat heartBeat;
  private final Optional<String> virtualHost;

  /**
   * The header whose value stomp.py makes itself, since it is not given; empty if there is none.
   */
  private final Optional<String> ownId;

  private final Map<String, @Nullable Object> arguments = new LinkedHashMap<>();

  /** Free headers, whether given as a map or by name. */
  private final Headers.Builder headers = Headers.builder();

  StompPyCalls(
      Version version, PythonCall.Parsed call, HeartBeat heartBeat, Optional<String> virtualHost) {
    this.version = version;
    this.name = call.name();
    this.heartBeat = heartBeat;
    this.virtualHost = virtualHost;
    assign(call);
    this.ownId = ownId();
    ownId.ifPresent(header -> arguments.put(header, OWN_ID));
  }

  /** The parameters of each call in their order; what else has a name is a header. */
  private List<String> parameters() {
    boolean ids = version != Version.V1_1;
    return switch (name) {
      case "connect" -> List.of("username", "passcode", "wait", "with_connect_command");
      case "send" -> List.of("destination", "body", "content_type");
      case "subscribe" -> List.of("destination", "id", "ack");
      case "unsubscribe" ->
          version == Version.V1_0 ? List.of("destination", "id") : List.of("id", "destination");
      case "begin", "commit", "abort" -> List.of("transaction");
      case "ack", "nack" ->
          ids
              ? List.of("id", "transaction", "receipt")
              : List.of("id", "subscription", "transaction", "receipt");
      case "disconnect" -> List.of("receipt");
      default -> throw new CaseFormatException("stomp.py has no call " + name);
    };
  }

  private void assign(PythonCall.Parsed call) {
    List<String> parameters = parameters();
    int next = 0;
    for (Object value : call.positional()) {
      if (value instanceof Map<?, ?> map) {
        map.forEach((header, text) -> addHeader(String.valueOf(header), text));
      } else if (next == parameters.size()) {
        throw new CaseFormatException(name + " has too many arguments: " + call.positional());
      } else {
        arguments.put(parameters.get(next++), value);
      }
    }
    for (Map.Entry<String, @Nullable Object> entry : call.named().entrySet()) {
      if (entry.getKey().equals("headers") && entry.getValue() instanceof Map<?, ?> map) {
        map.forEach((header, text) -> addHeader(String.valueOf(header), text));
      } else if (parameters.contains(entry.getKey())) {
        arguments.put(entry.getKey(), entry.getValue());
      } else {
        addHeader(entry.getKey(), entry.getValue());
      }
    }
  }

  /** None is no header, and several values are several headers. */
  private void addHeader(String header, @Nullable Object value) {
    if (value instanceof List<?> values) {
      values.forEach(one -> addHeader(header, one));
    } else if (value != null) {
      headers.add(header, plain(value));
    }
  }

  /** What Python makes of a value. */
  private static String plain(Object value) {
    return value instanceof Boolean flag ? (flag ? "True" : "False") : value.toString();
  }

  private Optional<String> ownId() {
    String header =
        switch (name) {
          case "begin" -> "transaction";
          case "disconnect" -> "receipt";
          default -> "";
        };
    return Optional.of(header).filter(own -> !own.isEmpty() && arguments.get(own) == null);
  }

  /** That there is such an id counts, and not which. */
  Made withoutOwnIds(Made made) {
    if (ownId.isEmpty() || !(made instanceof Made.Written frame)) {
      return made;
    }
    String start = ownId.get() + ":";
    List<String> lines =
        frame.headers().stream()
            .map(line -> line.startsWith(start) && !line.equals(start) ? start + OWN_ID : line)
            .toList();
    return new Made.Written(frame.command(), lines, frame.body(), frame.token());
  }

  private Headers headers() {
    return headers.build();
  }

  /** All text that the call brings into headers: the free ones, and arguments by their names. */
  Headers texts() {
    Headers.Builder texts = headers.build().toBuilder();
    arguments.forEach(
        (argument, value) -> {
          if (value != null && !argument.equals("body")) {
            texts.add(argument, value.toString());
          }
        });
    return texts.build();
  }

  /** A null where something must be is passed on: that it is refused is what a case checks. */
  @SuppressWarnings("NullAway")
  private String text(String argument) {
    Object value = arguments.get(argument);
    return value == null ? null : plain(value);
  }

  private @Nullable String optional(String argument) {
    return text(argument);
  }

  Frame make() {
    Commands commands = Commands.of(version);
    FrameOptions with = FrameOptions.NONE.with(headers()).withReceipt(optional("receipt"));
    return switch (name) {
      case "connect" -> connect();
      case "send" -> send(commands, with);
      case "subscribe" -> subscribe(commands, with);
      case "unsubscribe" -> unsubscribe(commands, with);
      case "begin" -> commands.begin(text("transaction"), with);
      case "commit" -> commands.commit(text("transaction"), with);
      case "abort" -> commands.abort(text("transaction"), with);
      case "ack" -> commands.ack(ids(), with.inTransaction(optional("transaction")));
      case "nack" -> commands.nack(ids(), with.inTransaction(optional("transaction")));
      default -> commands.disconnect(with);
    };
  }

  /** From 1.1 on connect() sends STOMP, unless it is told otherwise. */
  private Frame connect() {
    for (String[] credential : new String[][] {{"login", "username"}, {"passcode", "passcode"}}) {
      addHeader(credential[0], arguments.get(credential[1]));
    }
    Set<Version> offered = Set.of(version);
    String host = virtualHost.orElse(version == Version.V1_0 ? "" : HOST);
    boolean isConnect =
        version == Version.V1_0 || Boolean.TRUE.equals(arguments.get("with_connect_command"));
    return isConnect
        ? Commands.connect(offered, host, heartBeat, headers.build())
        : Commands.stomp(offered, host, heartBeat, headers.build());
  }

  private Frame send(Commands commands, FrameOptions with) {
    Object body = arguments.get("body");
    String type = optional("content_type");
    FrameOptions all = type == null ? with : with.withHeader("content-type", type);
    return commands.send(
        text("destination"), body instanceof Body octets ? octets : Body.of(text("body")), all);
  }

  private Frame subscribe(Commands commands, FrameOptions with) {
    String ack = arguments.containsKey("ack") ? text("ack") : "auto";
    return arguments.get("id") == null
        ? commands.subscribeWithoutId(text("destination"), ack, with)
        : commands.subscribe(text("destination"), text("id"), ack, with);
  }

  private Frame unsubscribe(Commands commands, FrameOptions with) {
    if (arguments.get("id") == null) {
      return commands.unsubscribe(new SubscriptionToken.ByDestination(text("destination")), with);
    }
    String destination = optional("destination");
    return commands.unsubscribe(
        new SubscriptionToken.ById(text("id")),
        destination == null ? with : with.withHeader("destination", destination));
  }

  private MessageIds ids() {
    return version == Version.V1_2
        ? new MessageIds(null, null, optional("id"))
        : new MessageIds(optional("id"), optional("subscription"), null);
  }
}
