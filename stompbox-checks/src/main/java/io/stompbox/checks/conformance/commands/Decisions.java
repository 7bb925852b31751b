package io.stompbox.checks.conformance.commands;

import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the specification's cases or their decisions want something else than the library did that
 * a case was measured on. {@code docs/design/0009-cases-that-disagree.md} has the reasons.
 */
final class Decisions {
  private static final Set<String> OPENING = Set.of("CONNECT", "STOMP");

  private Decisions() {}

  /** A header that says what its absence says is the same as none. */
  static Made.Written withoutDefaults(Made.Written frame) {
    List<String> left = new ArrayList<>(frame.headers());
    if (OPENING.contains(frame.command())) {
      left.removeAll(List.of("heart-beat:0,0", "accept-version:1.0"));
    }
    if (frame.command().equals("SUBSCRIBE")) {
      left.remove("ack:auto");
    }
    return new Made.Written(frame.command(), left, frame.body(), frame.token());
  }

  /**
   * The host header is required from 1.1 on, and RabbitMQ goes by it in 1.0 too: where one of the
   * libraries leaves it out, having it is right.
   */
  static Made.Written withoutHostUnlessWanted(Made.Written frame, Made expected) {
    boolean wanted = expected instanceof Made.Written other && other.names().contains("host");
    return OPENING.contains(frame.command()) && !wanted ? frame.without("host") : frame;
  }

  /**
   * What CONNECTED comes to, if not what stompest says: a version that was not offered is refused
   * (it says 1.0 where only that was offered), and 1.0 servers may name themselves and agree to
   * heart-beats as others do.
   */
  static Made connected(Json.Fields fields, Made expected) {
    if (expected instanceof Made.Refused || !fields.text("call").equals("connected")) {
      return expected;
    }
    Json.Fields headers = fields.optionalFields("headers");
    Set<Version> offered = StompestCalls.versions(fields, "offered");
    String version = headers.optionalText("version").orElse(Version.V1_0.text()).strip();
    if (offered.stream().noneMatch(one -> one.text().equals(version))) {
      return new Made.Refused("a version that was not offered");
    }
    return version.equals(Version.V1_0.text()) ? connected10(headers) : expected;
  }

  private static Made connected10(Json.Fields headers) {
    String beats = headers.optionalText("heart-beat").orElse("0,0");
    if (!beats.matches(" *[0-9]+ *, *[0-9]+ *")) {
      return new Made.Refused("a heart-beat that is not two numbers");
    }
    String[] pair = beats.split(",", -1);
    return new Made.Value(
        "['1.0', %s, %s, [%s, %s]]"
            .formatted(
                StompestCalls.quoted(headers.optionalText("server").orElse(null)),
                StompestCalls.quoted(headers.optionalText("session").orElse(null)),
                Integer.parseInt(pair[0].strip()),
                Integer.parseInt(pair[1].strip())));
  }

  /**
   * Whether something else than what the original does is right. Heart-beats may be offered with
   * 1.0 alone, which it refuses, since ActiveMQ, RabbitMQ and Vert.x agree to them there. And it
   * only checks an ERROR, where ours says what is in it.
   */
  static boolean isAllowedHere(Json.Fields fields, Made expected, Made made) {
    String call = fields.text("call");
    if (call.equals("error")) {
      return expected instanceof Made.Value value
          && value.text().equals("null")
          && made instanceof Made.Value;
    }
    return call.equals("connect")
        && expected instanceof Made.Refused
        && made instanceof Made.Written frame
        && frame.names().contains("heart-beat")
        && StompestCalls.versions(fields.optionalFields("args"), "versions")
            .equals(Set.of(Version.V1_0));
  }

  /** A STOMP frame does not offer 1.0, whose servers don't know it. */
  static Made.Written stompWithout10(Made.Written expected) {
    if (!expected.command().equals("STOMP")) {
      return expected;
    }
    List<String> lines =
        expected.headers().stream()
            .map(line -> line.replace("accept-version:1.0,", "accept-version:"))
            .toList();
    return new Made.Written(expected.command(), lines, expected.body(), expected.token());
  }

  /**
   * Whether a frame of stomp.py must not be written: a line end or a colon in a name where nothing
   * escapes them would plant a header, and a content-length that lies, or that is missing where the
   * body has a NUL, would cut the body.
   */
  static boolean isRefusedHere(Made.Written frame, Version version, Headers texts) {
    boolean opening = OPENING.contains(frame.command());
    boolean raw = version == Version.V1_0 || opening;
    for (Header header : texts) {
      String lineEnds = opening ? "\n\r\0" : "\n\0";
      if (raw && (header.name().contains(":") || hasOneOf(lineEnds, header))) {
        return true;
      }
      if (header.name().equals("content-length")
          && !header.value().equals(Integer.toString(frame.body().size()))) {
        return true;
      }
    }
    return frame.body().hasNul() && !frame.names().contains("content-length");
  }

  /** Names of headers are escaped as their values are; stomp.py escapes the values alone. */
  static Made.Written withEscapedNames(Made.Written frame, Version version, Headers free) {
    if (version == Version.V1_0 || OPENING.contains(frame.command())) {
      return frame;
    }
    List<String> lines = new ArrayList<>(frame.headers());
    for (Header header : free) {
      String escaped = escaped(header.name(), version);
      lines.replaceAll(
          line ->
              line.startsWith(header.name() + ":")
                  ? escaped + line.substring(header.name().length())
                  : line);
    }
    return new Made.Written(frame.command(), lines, frame.body(), frame.token());
  }

  private static String escaped(String name, Version version) {
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace(":", "\\c");
    return version == Version.V1_2 ? escaped.replace("\r", "\\r") : escaped;
  }

  private static boolean hasOneOf(String characters, Header header) {
    String text = header.name() + header.value();
    return characters.chars().anyMatch(c -> text.indexOf(c) >= 0);
  }
}
