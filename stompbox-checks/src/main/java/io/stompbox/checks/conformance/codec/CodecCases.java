package io.stompbox.checks.conformance.codec;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Category;
import io.stompbox.checks.conformance.kit.Draft;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.FrameText;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Refusal;
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

/** Makes a case of the fields of a line. A field that nobody would look at is refused. */
public final class CodecCases {
  private CodecCases() {}

  /** Reads a case of octets to frames. */
  public static Case decode(Json.Fields fields) {
    return new DecodeCase(settings(fields), limits(fields), chunks(fields), decoding(fields));
  }

  private static List<Setting> settings(Json.Fields fields) {
    List<DecoderMode> modes = CaseFields.modes(fields);
    List<Setting> settings = new ArrayList<>();
    for (String text : CaseFields.versionTexts(fields)) {
      Version version = text.equals("pre") ? null : CaseFields.version(text);
      modes.forEach(mode -> settings.add(new Setting(version, mode)));
    }
    return settings;
  }

  private static DecoderLimits limits(Json.Fields fields) {
    Json.Fields given = fields.optionalFields("limits");
    given.expectOnly("limits", Set.of("max_line", "max_headers", "max_body"));
    return CaseFields.limits(given);
  }

  private static List<Body> chunks(Json.Fields fields) {
    if (!fields.has("in_chunks")) {
      return List.of(CaseFields.octets("in", fields.any("in")));
    }
    return fields.items("in_chunks").stream()
        .map(item -> CaseFields.octets("in_chunks", item))
        .toList();
  }

  private static Decoding decoding(Json.Fields fields) {
    Json.Fields expect = fields.fields("expect");
    expect.expectOnly(
        "expect", Set.of("frames", "end", "error", "eols", "get", "or_error", "text"));
    List<String> frames = expect.items("frames").stream().map(CodecCases::frame).toList();
    if (frames.isEmpty() && (expect.has("get") || expect.has("text"))) {
      throw new CaseFormatException("'get' and 'text' need a frame, but 'frames' is empty");
    }
    return new Decoding(
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
        CaseFields.entries(fields).stream()
            .map(e -> FrameText.header(e.name(), e.value()))
            .toList();
    return FrameText.of(
        fields.text("command"), headers, CaseFields.octets("body", fields.any("body")));
  }

  private static String end(Json.Fields expect) {
    String end = expect.text("end");
    return switch (end) {
      case "clean", "incomplete" -> end;
      case "error" -> end + " " + Category.of(Category.find(Fault.class, expect.text("error")));
      default -> throw new CaseFormatException("the field 'end' names no end: " + end);
    };
  }

  private static List<Decoding.Lookup> lookups(Json.Fields get) {
    List<Decoding.Lookup> lookups = new ArrayList<>();
    get.members()
        .forEach((name, value) -> lookups.add(new Decoding.Lookup(name, CaseFields.value(value))));
    return lookups;
  }

  private static String text(Json value) {
    if (value instanceof Json.Fields kind && kind.flag("binary")) {
      return Decoding.BINARY;
    }
    return Escaped.shown(Json.as(Json.Text.class, "text", value).value());
  }

  /** Reads a case of a frame to octets. */
  public static Case encode(Json.Fields fields) {
    Json.Fields wanted = fields.fields("do");
    return new EncodeCase(
        CaseFields.versions(fields),
        options(wanted),
        CaseFields.draft(wanted),
        encoding(fields.fields("expect")));
  }

  /** Makes a case of a frame to octets. */
  public static Case encode(
      Version version, EncoderOptions options, Draft draft, Encoding expected) {
    return new EncodeCase(List.of(version), options, draft, expected);
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

  private static Encoding encoding(Json.Fields expect) {
    if (expect.has("refuse")) {
      expect.expectOnly("expect", Set.of("refuse"));
      return new Encoding.Refused(List.of(refusal(expect.text("refuse"))));
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
    return new Encoding.Written(
        Escaped.octets(expect.text("command_line")),
        expect.texts("header_lines").stream().map(Escaped::octets).toList(),
        Escaped.octets(expect.text("blank_line")),
        CaseFields.octets("body", expect.any("body")),
        expect.optionalTexts("optional_lines").stream().map(Escaped::octets).toList(),
        expect.optionalTexts("optional_header_names"));
  }

  private static String refusal(String name) {
    return name.equals(Refusal.NULL_HEADER) ? name : Category.of(Category.find(Reason.class, name));
  }

  /** Reads a case of a frame to octets and back. */
  public static Case roundTrip(Json.Fields fields) {
    Json.Fields expect = fields.fields("expect");
    expect.expectOnly("expect", Set.of("decode_of_encode", "refuse"));
    Optional<String> refusal = expect.optionalText("refuse").map(CodecCases::refusal);
    if (refusal.isEmpty() && !expect.text("decode_of_encode").equals("equal")) {
      throw new CaseFormatException("the field 'decode_of_encode' must be 'equal'");
    }
    return new RoundTripCase(
        CaseFields.versions(fields),
        CaseFields.modes(fields),
        CaseFields.draft(fields.fields("do")),
        refusal);
  }
}
