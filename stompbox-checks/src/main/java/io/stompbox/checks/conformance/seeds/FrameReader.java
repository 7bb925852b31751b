package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.codec.CodecCases;
import io.stompbox.checks.conformance.codec.Encoding;
import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Category;
import io.stompbox.checks.conformance.kit.Draft;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Refusal;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads FRAME cases: how stompest writes a frame. */
final class FrameReader {
  /** Octets as characters; header lines end in LF, which no header has in it. */
  private static final Pattern WIRE =
      Pattern.compile(
          "(?<command>[^\n]*\n)(?<headers>(?:[^\n]+\n)*)\n(?<body>.*)\0", Pattern.DOTALL);

  private FrameReader() {}

  static Case read(Json.Fields fields) {
    fields.expectOnly(
        "the case",
        Set.of("section", "id", "v", "command", "headers", "rawHeaders", "body", "wire", "note"));
    Version version = SeedFields.version(fields);
    String wire = fields.text("wire");
    Draft draft =
        new Draft(
            fields.text("command"),
            entries(fields, wire),
            SeedFields.octets("body", fields.any("body")));
    // stompest counts the body only when it is asked to.
    ContentLength length =
        draft.has("content-length") ? ContentLength.AUTOMATIC : ContentLength.OMITTED;
    EncoderOptions options = EncoderOptions.defaults().with(length);
    List<String> refusals = refusals(version, draft, wire);
    return CodecCases.encode(
        version,
        options,
        draft,
        refusals.isEmpty() ? written(wire) : new Encoding.Refused(refusals));
  }

  private static List<Draft.Entry> entries(Json.Fields fields, String wire) {
    if (!fields.has("rawHeaders")) {
      List<Draft.Entry> entries = new ArrayList<>();
      fields
          .optionalFields("headers")
          .members()
          .forEach((name, value) -> entries.add(new Draft.Entry(name, text(value))));
      return entries;
    }
    List<Draft.Entry> raw = new ArrayList<>();
    for (Json item : fields.items("rawHeaders")) {
      List<Json> pair = SeedFields.pair("rawHeaders", item);
      String name = Json.as(Json.Text.class, "rawHeaders", pair.get(0)).value();
      raw.add(new Draft.Entry(name, text(pair.get(1))));
    }
    return writesEachOnce(raw, wire) ? firstOfEach(raw) : raw;
  }

  /** Numbers become text, since all header values are text. */
  private static @Nullable String text(Json value) {
    return value instanceof Json.Text || value instanceof Json.Nothing
        ? CaseFields.value(value)
        : Json.number("headers", value).toPlainString();
  }

  /** Whether the case wants repeated headers to be removed before the frame is written. */
  private static boolean writesEachOnce(List<Draft.Entry> raw, String wire) {
    Matcher matcher = WIRE.matcher(wire);
    return matcher.matches() && matcher.group("headers").lines().count() < raw.size();
  }

  private static List<Draft.Entry> firstOfEach(List<Draft.Entry> raw) {
    Headers all = new Draft("SEND", raw, Body.empty()).frame().headers();
    List<Draft.Entry> first = new ArrayList<>();
    all.asMap().forEach((name, value) -> first.add(new Draft.Entry(name, value)));
    return first;
  }

  /** Returns why the frame must not be written although stompest does; empty if it must be. */
  private static List<String> refusals(Version version, Draft draft, String wire) {
    Set<String> reasons = new TreeSet<>();
    Command command = Command.of(draft.command());
    if (!draft.body().isEmpty() && !command.allowsBody(version)) {
      reasons.add(Category.of(Reason.BODY_NOT_ALLOWED));
    }
    if (draft.body().hasNul() && !wire.contains("content-length:")) {
      reasons.add(Category.of(Reason.NUL_NEEDS_CONTENT_LENGTH));
    }
    String line = command.isHandshake() ? "\n\r\0" : version == Version.V1_0 ? "\n\0" : "";
    for (Draft.Entry header : draft.headers()) {
      if (header.value() == null) {
        reasons.add(Refusal.NULL_HEADER);
      }
      if (header.name().isEmpty()) {
        reasons.add(Category.of(Reason.EMPTY_HEADER_NAME));
      }
      if (has(header.name() + header.value(), line)
          || (!line.isEmpty() && has(header.name(), ":"))) {
        reasons.add(Category.of(Reason.UNENCODABLE));
      }
    }
    return List.copyOf(reasons);
  }

  private static boolean has(String text, String characters) {
    return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
  }

  private static Encoding written(String wire) {
    Matcher matcher = WIRE.matcher(wire);
    if (!matcher.matches()) {
      throw new CaseFormatException("the field 'wire' is not a frame: " + wire);
    }
    return new Encoding.Written(
        octets(matcher.group("command")),
        Pattern.compile("(?<=\n)")
            .splitAsStream(matcher.group("headers"))
            .filter(line -> !line.isEmpty())
            .map(FrameReader::octets)
            .toList(),
        octets("\n"),
        octets(matcher.group("body")),
        List.of(),
        List.of());
  }

  private static Body octets(String text) {
    return SeedFields.octets("wire", new Json.Text(text));
  }
}
