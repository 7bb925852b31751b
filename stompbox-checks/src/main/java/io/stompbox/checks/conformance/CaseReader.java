package io.stompbox.checks.conformance;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.EncoderOptions.ConnectText;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Case} of a line. A field that nobody would look at is refused. */
final class CaseReader {
  private static final Set<String> CONVERSATIONS = Set.of("negotiate", "session", "server", "ws");

  private CaseReader() {}

  /**
   * Reads one line.
   *
   * @param place the file and the number of the line, for complaints
   */
  static Case read(String place, String line) {
    try {
      Json.Fields fields = Json.as(Json.Fields.class, "line", Json.parse(line));
      return read(fields, fields.text("id"));
    } catch (CaseFormatException e) {
      return new Case.Unreadable(place, "", e.complaint());
    }
  }

  private static Case read(Json.Fields fields, String id) {
    try {
      String area = fields.text("area");
      String section = fields.text("dir");
      return switch (section) {
        case "decode" -> decode(id, area, fields);
        case "encode" -> encode(id, area, fields);
        case "roundtrip" -> roundTrip(id, area, fields);
        default -> conversation(id, area, section);
      };
    } catch (CaseFormatException e) {
      throw new CaseFormatException(id + ": " + e.complaint());
    }
  }

  private static Case conversation(String id, String area, String section) {
    if (!CONVERSATIONS.contains(section)) {
      throw new CaseFormatException("the field 'dir' names no kind of case: " + section);
    }
    return new Case.NotRun(id, area, section);
  }

  private static Case decode(String id, String area, Json.Fields fields) {
    return new Case.Decode(
        id, area, settings(fields), limits(fields), chunks(fields), decoding(fields));
  }

  private static List<Setting> settings(Json.Fields fields) {
    List<DecoderMode> modes = modes(fields);
    List<Setting> settings = new ArrayList<>();
    for (String text : versionTexts(fields)) {
      Version version = text.equals("pre") ? null : version(text);
      modes.forEach(mode -> settings.add(new Setting(version, mode)));
    }
    return settings;
  }

  private static List<DecoderMode> modes(Json.Fields fields) {
    String policy = fields.text("policy");
    return switch (policy) {
      case "any" -> List.of(DecoderMode.values());
      case "default" -> List.of(DecoderMode.TOLERANT);
      case "strict" -> List.of(DecoderMode.STRICT);
      default -> throw new CaseFormatException("the field 'policy' names no mode: " + policy);
    };
  }

  private static List<String> versionTexts(Json.Fields fields) {
    List<String> texts = fields.texts("v");
    if (texts.isEmpty()) {
      throw new CaseFormatException("the field 'v' names no version, so nothing would run");
    }
    return texts;
  }

  private static List<Version> versions(Json.Fields fields) {
    return versionTexts(fields).stream().map(CaseReader::version).toList();
  }

  private static Version version(String text) {
    return Version.of(text)
        .orElseThrow(() -> new CaseFormatException("the field 'v' names no version: " + text));
  }

  private static DecoderLimits limits(Json.Fields fields) {
    Json.Fields given = fields.optionalFields("limits");
    given.expectOnly("limits", Set.of("max_line", "max_headers", "max_body"));
    DecoderLimits limits = DecoderLimits.defaults();
    limits = given.has("max_line") ? limits.withLine(given.whole("max_line")) : limits;
    limits = given.has("max_headers") ? limits.withHeaders(given.whole("max_headers")) : limits;
    return given.has("max_body") ? limits.withBody(given.whole("max_body")) : limits;
  }

  private static List<Body> chunks(Json.Fields fields) {
    if (!fields.has("in_chunks")) {
      return List.of(octets("in", fields.any("in")));
    }
    return fields.items("in_chunks").stream().map(item -> octets("in_chunks", item)).toList();
  }

  /** Reads octets from their hex form, which counts, or from the readable one. */
  private static Body octets(String name, Json value) {
    Json.Fields forms = Json.as(Json.Fields.class, name, value);
    return forms
        .optionalText("hex")
        .map(Escaped::ofHex)
        .orElseGet(() -> Escaped.octets(forms.text("s")));
  }

  private static Case.Decoding decoding(Json.Fields fields) {
    Json.Fields expect = fields.fields("expect");
    expect.expectOnly(
        "expect", Set.of("frames", "end", "error", "eols", "get", "or_error", "text"));
    List<String> frames = expect.items("frames").stream().map(CaseReader::frame).toList();
    if (frames.isEmpty() && (expect.has("get") || expect.has("text"))) {
      throw new CaseFormatException("'get' and 'text' need a frame, but 'frames' is empty");
    }
    return new Case.Decoding(
        frames,
        end(expect),
        expect.has("eols") ? Optional.of(expect.whole("eols")) : Optional.empty(),
        lookups(expect.optionalFields("get")),
        expect.has("text") ? Optional.of(text(expect.any("text"))) : Optional.empty(),
        expect.flag("or_error"));
  }

  private static String frame(Json value) {
    Json.Fields fields = Json.as(Json.Fields.class, "frames", value);
    List<String> headers =
        entries(fields).stream().map(e -> FrameText.header(e.name(), e.value())).toList();
    return FrameText.of(fields.text("command"), headers, octets("body", fields.any("body")));
  }

  private static String end(Json.Fields expect) {
    String end = expect.text("end");
    return switch (end) {
      case "clean", "incomplete" -> end;
      case "error" -> end + " " + Category.of(Category.find(Fault.class, expect.text("error")));
      default -> throw new CaseFormatException("the field 'end' names no end: " + end);
    };
  }

  private static List<Case.Lookup> lookups(Json.Fields get) {
    List<Case.Lookup> lookups = new ArrayList<>();
    get.members().forEach((name, value) -> lookups.add(new Case.Lookup(name, value(value))));
    return lookups;
  }

  private static String text(Json value) {
    if (value instanceof Json.Fields kind && kind.flag("binary")) {
      return Case.Decoding.BINARY;
    }
    return Escaped.shown(Json.as(Json.Text.class, "text", value).value());
  }

  private static List<Draft.Entry> entries(Json.Fields fields) {
    List<Draft.Entry> entries = new ArrayList<>();
    for (Json item : fields.items("headers")) {
      List<Json> pair = Json.as(Json.Items.class, "headers", item).items();
      if (pair.size() != 2) {
        throw new CaseFormatException("a header must be a name and a value, but is " + pair);
      }
      String name = Json.as(Json.Text.class, "headers", pair.get(0)).value();
      entries.add(new Draft.Entry(name, value(pair.get(1))));
    }
    return entries;
  }

  private static @Nullable String value(Json json) {
    return json instanceof Json.Nothing
        ? null
        : Json.as(Json.Text.class, "value of a header", json).value();
  }

  private static Case encode(String id, String area, Json.Fields fields) {
    Json.Fields wanted = fields.fields("do");
    return new Case.Encode(
        id,
        area,
        versions(fields),
        options(wanted),
        draft(wanted),
        encoding(fields.fields("expect")));
  }

  private static Draft draft(Json.Fields wanted) {
    wanted.expectOnly("do", Set.of("command", "headers", "body", "options"));
    Body body = wanted.has("body") ? octets("body", wanted.any("body")) : Body.empty();
    return new Draft(wanted.text("command"), entries(wanted), body);
  }

  private static EncoderOptions options(Json.Fields wanted) {
    Json.Fields given = wanted.optionalFields("options");
    given.expectOnly("options", Set.of("eol", "suppress_content_length", "escape_connect"));
    EncoderOptions options = EncoderOptions.defaults();
    if (given.has("eol")) {
      options = options.with(Category.find(LineEnd.class, given.text("eol")));
    }
    options = given.flag("suppress_content_length") ? options.with(ContentLength.OMITTED) : options;
    return given.flag("escape_connect") ? options.with(ConnectText.ESCAPED) : options;
  }

  private static Case.Encoding encoding(Json.Fields expect) {
    if (expect.has("refuse")) {
      expect.expectOnly("expect", Set.of("refuse"));
      return new Case.Encoding.Refused(refusal(expect.text("refuse")));
    }
    expect.expectOnly(
        "expect",
        Set.of(
            "command_line",
            "header_lines",
            "blank_line",
            "body",
            "terminator",
            "optional_lines",
            "optional_header_names"));
    return new Case.Encoding.Written(
        Escaped.octets(expect.text("command_line")),
        expect.texts("header_lines").stream().map(Escaped::octets).toList(),
        Escaped.octets(expect.text("blank_line")),
        octets("body", expect.any("body")),
        expect.optionalTexts("optional_lines").stream().map(Escaped::octets).toList(),
        expect.optionalTexts("optional_header_names"));
  }

  private static String refusal(String name) {
    return name.equals(Refusal.NULL_HEADER) ? name : Category.of(Category.find(Reason.class, name));
  }

  private static Case roundTrip(String id, String area, Json.Fields fields) {
    Json.Fields expect = fields.fields("expect");
    expect.expectOnly("expect", Set.of("decode_of_encode", "refuse"));
    Optional<String> refusal = expect.optionalText("refuse").map(CaseReader::refusal);
    if (refusal.isEmpty() && !expect.text("decode_of_encode").equals("equal")) {
      throw new CaseFormatException("the field 'decode_of_encode' must be 'equal'");
    }
    return new Case.RoundTrip(
        id, area, versions(fields), modes(fields), draft(fields.fields("do")), refusal);
  }
}
