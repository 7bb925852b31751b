package io.stompbox.checks.conformance.commands;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the cases about single frames. */
public final class CommandCases {
  private CommandCases() {}

  /** Reads a case of stompest's stateless commands. */
  public static Case stompest(Json.Fields fields) {
    fields.expectOnly(
        "the case",
        Set.of(
            "section",
            "id",
            "call",
            "args",
            "v",
            "message",
            "transactions",
            "receipt",
            "headers",
            "command",
            "offered",
            "expect",
            "orig",
            "note"));
    Made expected = Decisions.connected(fields, expected(fields.fields("expect")));
    return () -> List.of(compared(fields, expected));
  }

  private static Run compared(Json.Fields fields, Made expected) {
    Made made = refusing(() -> new StompestCalls(fields).make());
    if (Decisions.isAllowedHere(fields, expected, made)) {
      return new Run("allowed here", true, expected.toString(), made.toString());
    }
    Made wanted =
        expected instanceof Made.Written frame ? Decisions.stompWithout10(frame) : expected;
    return compared("the call", wanted, made);
  }

  private static Run compared(String way, Made expected, Made made) {
    Made right = expected;
    Made ours = made;
    if (expected instanceof Made.Written frame) {
      right = Decisions.withoutDefaults(frame);
    }
    if (made instanceof Made.Written frame) {
      ours = Decisions.withoutDefaults(Decisions.withoutHostUnlessWanted(frame, expected));
    }
    String why = made instanceof Made.Refused refused ? ": " + refused.why() : "";
    return new Run(way, right.toString().equals(ours.toString()), right.toString(), ours + why);
  }

  private static Made expected(Json.Fields expect) {
    expect.expectOnly(
        "expect", Set.of("error", "command", "headers", "token", "result", "body", "wire"));
    if (expect.has("error")) {
      return new Made.Refused(expect.text("error"));
    }
    if (expect.members().containsKey("result")) {
      return new Made.Value(shown(expect.any("result")));
    }
    String token = expect.has("token") ? shown(expect.any("token")) : "";
    if (!expect.has("command")) {
      return new Made.Value(token.isEmpty() ? StompestCalls.quoted(expect.text("wire")) : token);
    }
    List<String> lines = new ArrayList<>();
    Json.Fields headers = expect.optionalFields("headers");
    headers
        .members()
        .forEach((name, value) -> lines.add(name + ":" + StompestCalls.plain(name, value)));
    Body body = Body.of(expect.optionalText("body").orElse(""));
    return new Made.Written(expect.text("command"), lines, body, token);
  }

  private static String shown(Json value) {
    if (value instanceof Json.Items items) {
      return "["
          + String.join(", ", items.items().stream().map(CommandCases::shown).toList())
          + "]";
    }
    if (value instanceof Json.Whole whole) {
      return Long.toString(whole.value());
    }
    return value instanceof Json.Text text ? StompestCalls.quoted(text.value()) : "null";
  }

  private static Made refusing(Supplier<Made> call) {
    try {
      return call.get();
    } catch (StompException
        | IllegalArgumentException
        | IllegalStateException
        | NullPointerException e) {
      return new Made.Refused(String.valueOf(e.getMessage()));
    }
  }

  /** Reads a case of the octets that stomp.py writes. */
  public static Case stompPy(Json.Fields fields) {
    fields.expectOnly(
        "the case", Set.of("section", "id", "v", "call", "options", "wire", "error", "note"));
    Version version = CaseFields.version(fields.text("v"));
    PythonCall.Parsed call = PythonCall.parse(fields.text("call"));
    Json.Fields options = fields.optionalFields("options");
    options.expectOnly("options", Set.of("heartbeats", "auto_content_length", "vhost"));
    StompPyCalls python =
        new StompPyCalls(version, call, heartBeat(options), options.optionalText("vhost"));
    Made original =
        fields.has("error") ? new Made.Refused(fields.text("error")) : read(fields.text("wire"));
    FrameEncoder encoder = new FrameEncoder(version, encoding(options));
    Made expected =
        original instanceof Made.Written frame ? right(frame, version, python) : original;
    return () -> {
      Made made = refusing(() -> encoded(encoder, python));
      return List.of(
          compared("the octets", python.withoutOwnIds(expected), python.withoutOwnIds(made)));
    };
  }

  private static Made right(Made.Written frame, Version version, StompPyCalls python) {
    return Decisions.isRefusedHere(frame, version, python.texts())
        ? new Made.Refused("the specification's cases refuse it")
        : Decisions.withEscapedNames(frame, version, python.texts());
  }

  private static HeartBeat heartBeat(Json.Fields options) {
    if (!options.has("heartbeats")) {
      return HeartBeat.NONE;
    }
    List<Json> pair = options.items("heartbeats");
    return HeartBeat.parse(shown(pair.get(0)) + "," + shown(pair.get(1)));
  }

  private static EncoderOptions encoding(Json.Fields options) {
    boolean omitted = options.has("auto_content_length") && !options.flag("auto_content_length");
    return omitted
        ? EncoderOptions.defaults().with(EncoderOptions.ContentLength.OMITTED)
        : EncoderOptions.defaults();
  }

  private static Made encoded(FrameEncoder encoder, StompPyCalls python) {
    Frame frame = python.make();
    return read(new String(encoder.encode(frame), StandardCharsets.ISO_8859_1));
  }

  /** Takes a frame apart: one character is one octet. */
  private static Made read(String octets) {
    int blank = octets.indexOf("\n\n");
    if (blank < 0 || !octets.endsWith("\0")) {
      throw new CaseFormatException("this is no frame: " + octets);
    }
    List<String> lines = Arrays.asList(octets.substring(0, blank).split("\n", -1));
    String body = octets.substring(blank + 2, octets.length() - 1);
    return new Made.Written(
        lines.get(0),
        lines.subList(1, lines.size()),
        Body.of(body.getBytes(StandardCharsets.ISO_8859_1)),
        "");
  }
}
