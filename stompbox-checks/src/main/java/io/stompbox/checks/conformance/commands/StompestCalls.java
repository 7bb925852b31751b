package io.stompbox.checks.conformance.commands;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.Commands;
import io.stompbox.protocol.session.FrameOptions;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.MessageIds;
import io.stompbox.protocol.session.SubscriptionToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says a call of stompest in the words of {@link Commands}. */
final class StompestCalls {
  /** A call that is made with a frame of another kind than it wants. */
  private static final Pattern WRONG_FRAME =
      Pattern.compile("(\\w+) (?:of|with) an? ([A-Z]+)(?: frame)?");

  private final Json.Fields fields;
  private final Commands commands;

  StompestCalls(Json.Fields fields) {
    this.fields = fields;
    this.commands =
        Commands.of(fields.optionalText("v").map(CaseFields::version).orElse(Version.V1_0));
  }

  Made make() {
    Matcher wrong = WRONG_FRAME.matcher(fields.text("call"));
    return wrong.matches()
        ? read(wrong.group(1), new Frame(Command.of(wrong.group(2)), given(), Body.empty()))
        : call(fields.text("call"));
  }

  private Made call(String name) {
    return switch (name) {
      case "connect" -> written(Commands.connect(offered(), host(), heartBeat(), credentials()));
      case "stomp" -> written(Commands.stomp(offered(), host(), heartBeat(), credentials()));
      case "disconnect" -> written(commands.disconnect(options()));
      case "send" -> written(commands.send(argument("destination"), body(), options()));
      case "subscribe" -> subscribe();
      case "unsubscribe" -> written(commands.unsubscribe(token(), options()));
      case "begin" -> written(commands.begin(argument("transaction"), options()));
      case "commit" -> written(commands.commit(argument("transaction"), options()));
      case "abort" -> written(commands.abort(argument("transaction"), options()));
      case "beat" -> new Made.Value(quoted(commands.heartBeat().text()));
      case "negotiate" -> new Made.Value(negotiate());
      case "ack", "nack", "message" ->
          read(name, new Frame(Command.MESSAGE, given(), Body.empty()));
      case "connected", "receipt", "error" -> read(name, answer(name));
      default -> throw new CaseFormatException("there is no call " + name);
    };
  }

  /** What such a call wants, unless the case names another command. */
  private Frame answer(String name) {
    String command = fields.optionalText("command").orElse(name.toUpperCase(Locale.ROOT));
    return new Frame(Command.of(command), given(), Body.empty());
  }

  private Made read(String name, Frame frame) {
    return switch (name) {
      case "ack" -> written(commands.ack(MessageIds.of(frame), answering(frame)));
      case "nack" -> written(commands.nack(MessageIds.of(frame), answering(frame)));
      case "message" -> new Made.Value(shown(commands.readMessage(frame)));
      case "receipt" -> new Made.Value(quoted(commands.readReceipt(frame)));
      case "error" -> new Made.Value(quoted(commands.readError(frame).message().orElse(null)));
      case "connected" -> new Made.Value(connected(frame));
      default -> throw new CaseFormatException("there is no call " + name);
    };
  }

  private Headers given() {
    Map<String, String> map = new LinkedHashMap<>();
    for (String field : List.of("message", "headers")) {
      Json.Fields members = fields.optionalFields(field);
      members.members().forEach((name, value) -> map.put(name, plain(name, value)));
    }
    return Headers.of(map);
  }

  private Json.Fields arguments() {
    return fields.optionalFields("args");
  }

  /** A null where something must be is passed on: that it is refused is what a case checks. */
  @SuppressWarnings("NullAway")
  private String argument(String name) {
    return arguments().optionalText(name).orElse(null);
  }

  private Set<Version> offered() {
    return versions(arguments(), "versions");
  }

  static Set<Version> versions(Json.Fields from, String name) {
    if (!from.has(name)) {
      return Set.of(Version.V1_0);
    }
    Set<Version> versions = new LinkedHashSet<>();
    from.texts(name).forEach(text -> versions.add(version(text)));
    return versions;
  }

  private static Version version(String text) {
    return Version.of(text)
        .orElseThrow(() -> new IllegalArgumentException("there is no version " + text));
  }

  private String host() {
    return arguments().optionalText("host").orElse("");
  }

  /** Joined to the header's text, since our type can't even hold what is no pair of numbers. */
  private HeartBeat heartBeat() {
    if (!arguments().has("heartBeats")) {
      return HeartBeat.NONE;
    }
    List<String> parts = new ArrayList<>();
    for (Json part : arguments().items("heartBeats")) {
      parts.add(plain("heartBeats", part));
    }
    return HeartBeat.parse(String.join(",", parts));
  }

  private Headers credentials() {
    Headers.Builder headers = free().toBuilder();
    for (String name : List.of("login", "passcode")) {
      arguments().optionalText(name).ifPresent(value -> headers.set(name, value));
    }
    return headers.build();
  }

  private Headers free() {
    Map<String, String> map = new LinkedHashMap<>();
    Json.Fields headers = arguments().optionalFields("headers");
    headers.members().forEach((name, value) -> map.put(name, plain(name, value)));
    return Headers.of(map);
  }

  private Body body() {
    return Body.of(arguments().optionalText("body").orElse(""));
  }

  private FrameOptions options() {
    return FrameOptions.NONE.with(free()).withReceipt(receipt(arguments()));
  }

  private static @Nullable String receipt(Json.Fields from) {
    return from.has("receipt") ? plain("receipt", from.any("receipt")) : null;
  }

  private FrameOptions answering(Frame message) {
    return FrameOptions.NONE
        .withReceipt(receipt(fields))
        .inTransactionOf(message, fields.optionalTexts("transactions"));
  }

  /** An id and an ack mode come as headers there, and are parameters here. */
  private Made subscribe() {
    Headers free = free();
    String id = free.get("id");
    String ack = free.value("ack").orElse("auto");
    String destination = argument("destination");
    Frame frame =
        id == null
            ? commands.subscribeWithoutId(destination, ack, options())
            : commands.subscribe(destination, id, ack, options());
    SubscriptionToken token =
        id == null
            ? new SubscriptionToken.ByDestination(destination)
            : new SubscriptionToken.ById(id);
    return new Made.Written(
        frame.command().name(), lines(frame.headers()), frame.body(), shown(token));
  }

  private SubscriptionToken token() {
    List<String> pair = arguments().texts("token");
    return switch (pair.get(0)) {
      case "id" -> new SubscriptionToken.ById(pair.get(1));
      case "destination" -> new SubscriptionToken.ByDestination(pair.get(1));
      default -> throw new IllegalArgumentException("there is no token of the kind " + pair);
    };
  }

  private String negotiate() {
    List<Json> pair = fields.items("args");
    HeartBeat mine = new HeartBeat(millis(pair.get(0)), 0);
    return Integer.toString(mine.agreedWith(new HeartBeat(0, millis(pair.get(1)))).sendMillis());
  }

  private static int millis(Json value) {
    return (int) Json.as(Json.Whole.class, "args", value).value();
  }

  /** The shortest wish leaves what the server says as it is. */
  private String connected(Frame frame) {
    Agreement agreement = Agreement.of(frame, versions(fields, "offered"), new HeartBeat(1, 1));
    return "["
        + String.join(
            ", ",
            quoted(agreement.version().text()),
            quoted(agreement.server().orElse(null)),
            quoted(agreement.session().orElse(null)),
            "["
                + agreement.heartBeat().receiveMillis()
                + ", "
                + agreement.heartBeat().sendMillis()
                + "]")
        + "]";
  }

  /** A number is the text that Python makes of it. */
  static String plain(String name, Json value) {
    return value instanceof Json.Text text
        ? text.value()
        : Json.number(name, value).toPlainString();
  }

  static String quoted(@Nullable String text) {
    return text == null ? "null" : "'" + text + "'";
  }

  static String shown(SubscriptionToken token) {
    return token instanceof SubscriptionToken.ById byId
        ? "['id', " + quoted(byId.id()) + "]"
        : "['destination', "
            + quoted(((SubscriptionToken.ByDestination) token).destination())
            + "]";
  }

  private static Made.Written written(Frame frame) {
    return new Made.Written(frame.command().name(), lines(frame.headers()), frame.body(), "");
  }

  static List<String> lines(Headers headers) {
    List<String> lines = new ArrayList<>();
    for (Header header : headers) {
      lines.add(header.name() + ":" + header.value());
    }
    return lines;
  }
}
