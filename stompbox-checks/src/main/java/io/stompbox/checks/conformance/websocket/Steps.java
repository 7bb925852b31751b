package io.stompbox.checks.conformance.websocket;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Category;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.WireWish;
import io.stompbox.client.Connection;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.transport.WebSocketClosedException;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.FrameOptions;
import io.stompbox.testkit.WebSocketMessage;
import io.stompbox.testkit.WebSocketMessage.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes steps of what a case file says. */
final class Steps {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long nothing must come to count as nothing. */
  private static final Duration QUIET = Duration.ofMillis(100);

  private static final Body LINE_END = Body.of("\n");

  /** A frame that nobody but the runner sends. */
  private static final String ALIVE = "still-alive";

  /** Words that have a meaning only beside the first of a step. */
  private static final Set<String> SECOND_WORDS =
      Set.of("text", "body", "destination", "code", "reason");

  private Steps() {}

  static Step read(Json.Fields step) {
    Set<String> words = step.members().keySet();
    List<String> first = words.stream().filter(word -> !SECOND_WORDS.contains(word)).toList();
    if (first.size() != 1) {
      throw new CaseFormatException("a step must have one word of its own, but is " + step);
    }
    String word = first.get(0);
    if (!word.equals("do") && !word.equals("event")) {
      step.expectOnly("the step '" + word + "'", Set.of(word));
    }
    return read(word, step);
  }

  private static Step read(String word, Json.Fields step) {
    return switch (word) {
      case "handshake_offers" -> offers(step.texts(word));
      case "handshake_selects" -> select(CaseFields.value(step.any(word)));
      case "wire" -> wire(new WireWish(step.fields(word)));
      case "ws_in", "ws_in_text" -> incoming(Kind.TEXT, word, step.any(word));
      case "ws_in_binary" -> incoming(Kind.BINARY, word, step.any(word));
      case "ws_out" -> outgoing(step.fields(word));
      case "handshake_refused" -> refuse(step.whole(word));
      case "ws_close" -> closing(step.fields(word));
      case "ws_drops" -> flag(word, step, Conversation::cut);
      case "ws_ping" -> ping(Escaped.octets(step.text(word)));
      case "ws_pong" -> pong(Escaped.octets(step.text(word)));
      case "client_closes" -> flag(word, step, Conversation::awaitClose);
      case "eols_at_least" -> heartBeats(step.whole(word));
      case "frames" -> frames(step.whole(word));
      case "alive" -> flag(word, step, Steps::expectAlive);
      case "do" -> action(step.text(word), step);
      case "event" -> event(step.text(word), step);
      case "hb_timeout" -> flag(word, step, Conversation::awaitLoss);
      case "reconnects_within_ms" -> reconnects(step.whole(word));
      default -> throw new CaseFormatException("this runner knows no step '" + word + "'");
    };
  }

  private static Step flag(String word, Json.Fields step, Step meant) {
    if (!step.flag(word)) {
      throw new CaseFormatException("the step '" + word + "' must be true");
    }
    return meant;
  }

  private static Step offers(List<String> wanted) {
    return conversation -> {
      List<String> offers = conversation.asked().offers();
      check(
          new HashSet<>(wanted).equals(Set.copyOf(offers)) && offers.size() == wanted.size(),
          "the offers " + wanted + " in any order",
          offers);
    };
  }

  private static Step select(@Nullable String subProtocol) {
    return conversation -> conversation.select(subProtocol);
  }

  private static Step refuse(int status) {
    return conversation -> conversation.asked().refuse(status);
  }

  private static Step ping(Body octets) {
    return conversation -> conversation.connected().sendPing(octets.toBytes());
  }

  private static Step pong(Body wanted) {
    return conversation -> {
      Body seen = Body.of(conversation.connected().expectPong());
      check(seen.equals(wanted), Escaped.shown(wanted), Escaped.shown(seen));
    };
  }

  /** Each is a message of its own. */
  private static Step heartBeats(int wanted) {
    return conversation -> {
      for (int i = 0; i < wanted; i++) {
        Body seen = conversation.nextMessage().map(WebSocketMessage::payload).orElse(Body.empty());
        check(seen.equals(LINE_END), "a heart-beat", Escaped.shown(seen));
      }
    };
  }

  private static Step wire(WireWish wish) {
    return conversation -> wish.check(conversation.nextFrame());
  }

  /** One message, or several in a list. */
  private static Step incoming(Kind kind, String word, Json value) {
    List<Json> items = value instanceof Json.Items list ? list.items() : List.of(value);
    List<WebSocketMessage> messages =
        items.stream()
            .map(item -> new WebSocketMessage(kind, CaseFields.octets(word, item)))
            .toList();
    return conversation -> messages.forEach(conversation.connected()::send);
  }

  private static Step outgoing(Json.Fields wanted) {
    wanted.expectOnly(
        "ws_out", Set.of("kind", "starts_with", "ends_with", "max_length", "s", "hex"));
    Optional<Kind> kind = wanted.optionalText("kind").map(name -> Category.find(Kind.class, name));
    String start = wanted.optionalText("starts_with").map(Steps::latin).orElse("");
    String end = wanted.optionalText("ends_with").map(Steps::latin).orElse("");
    int longest = wanted.has("max_length") ? wanted.whole("max_length") : Integer.MAX_VALUE;
    boolean whole = wanted.has("s") || wanted.has("hex");
    Optional<Body> payload =
        whole ? Optional.of(CaseFields.octets("ws_out", wanted)) : Optional.empty();
    return conversation -> {
      Optional<WebSocketMessage> message = conversation.nextMessage();
      Body seen = message.map(WebSocketMessage::payload).orElse(Body.empty());
      check(
          message.isPresent()
              && kind.filter(wantedKind -> wantedKind != message.get().kind()).isEmpty()
              && latin(seen).startsWith(start)
              && latin(seen).endsWith(end)
              && seen.size() <= longest
              && payload.filter(octets -> !octets.equals(seen)).isEmpty(),
          "a message with " + wanted,
          message.map(found -> found.kind() + " " + Escaped.shown(seen)).orElse("none"));
    };
  }

  /** One character for each octet. */
  private static String latin(String escaped) {
    return latin(Escaped.octets(escaped));
  }

  private static String latin(Body octets) {
    return new String(octets.toBytes(), StandardCharsets.ISO_8859_1);
  }

  private static Step closing(Json.Fields given) {
    given.expectOnly("ws_close", Set.of("code", "reason"));
    int code = given.whole("code");
    String reason = given.optionalText("reason").orElse("");
    return conversation -> conversation.connected().sendClose(code, reason);
  }

  private static Step frames(int wanted) {
    return conversation -> {
      Connection connection = conversation.connection();
      List<Frame> frames = new ArrayList<>();
      try {
        while (true) {
          Duration limit = frames.size() < wanted ? PATIENCE : QUIET;
          frames.add(connection.receive(limit).orElseThrow(Steps::hasLeft));
        }
      } catch (StompTimeoutException expected) {
        check(frames.size() == wanted, wanted + " frames", frames);
      }
    };
  }

  private static Mismatch hasLeft() {
    return new Mismatch("an open connection", "one that the server has closed");
  }

  private static void expectAlive(Conversation conversation) throws InterruptedException {
    Connection connection = conversation.connection();
    conversation.connected().send(WebSocketMessage.text("RECEIPT\nreceipt-id:" + ALIVE + "\n\n^@"));
    Frame frame = connection.receive(PATIENCE).orElseThrow(Steps::hasLeft);
    check(frame.headers().value("receipt-id").equals(Optional.of(ALIVE)), ALIVE, frame);
  }

  private static Step action(String name, Json.Fields step) {
    step.expectOnly("the step 'do'", Set.of("do", "text", "body", "destination"));
    String destination = step.optionalText("destination").orElse("/queue/a");
    Body body =
        switch (name) {
          case "send_text" -> Body.of(step.text("text"));
          case "send" -> CaseFields.octets("body", step.any("body"));
          default -> throw new CaseFormatException("this runner can't do '" + name + "'");
        };
    return conversation -> {
      Connection connection = conversation.connection();
      connection.send(connection.commands().send(destination, body, FrameOptions.NONE));
    };
  }

  private static Step event(String name, Json.Fields step) {
    step.expectOnly("the step 'event'", Set.of("event", "code", "reason"));
    if (!name.equals("failed")) {
      throw new CaseFormatException("this runner knows no event '" + name + "'");
    }
    Optional<Integer> code = step.has("code") ? Optional.of(step.whole("code")) : Optional.empty();
    Optional<String> reason = step.optionalText("reason");
    return conversation -> {
      Throwable failure = conversation.failure();
      boolean hasCode = code.isEmpty() || code.equals(closed(failure).map(c -> c.code()));
      boolean hasReason = reason.isEmpty() || reason.equals(closed(failure).map(c -> c.reason()));
      check(hasCode && hasReason, "a failure with " + step, failure);
    };
  }

  private static Optional<WebSocketClosedException> closed(Throwable failure) {
    return failure instanceof WebSocketClosedException closed
        ? Optional.of(closed)
        : Optional.empty();
  }

  private static Step reconnects(int millis) {
    return conversation -> conversation.awaitReconnect(Duration.ofMillis(millis));
  }

  private static void check(boolean asWanted, Object expected, Object actual) {
    if (!asWanted) {
      throw new Mismatch(String.valueOf(expected), String.valueOf(actual));
    }
  }
}
