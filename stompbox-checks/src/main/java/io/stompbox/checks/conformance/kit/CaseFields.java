package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that kinds of cases have in common. All complain with a CaseFormatException. */
public final class CaseFields {
  private CaseFields() {}

  /** Returns the modes that the field {@code policy} means. */
  public static List<DecoderMode> modes(Json.Fields fields) {
    String policy = fields.text("policy");
    return switch (policy) {
      case "any" -> List.of(DecoderMode.TOLERANT, DecoderMode.STRICT);
      case "default" -> List.of(DecoderMode.TOLERANT);
      case "strict" -> List.of(DecoderMode.STRICT);
      default -> throw new CaseFormatException("the field 'policy' names no mode: " + policy);
    };
  }

  /** Returns the limits that {@code max_line}, {@code max_headers} and {@code max_body} set. */
  public static DecoderLimits limits(Json.Fields given) {
    DecoderLimits limits = DecoderLimits.defaults();
    limits = given.has("max_line") ? limits.withLine(given.whole("max_line")) : limits;
    limits = given.has("max_headers") ? limits.withHeaders(given.whole("max_headers")) : limits;
    return given.has("max_body") ? limits.withBody(given.whole("max_body")) : limits;
  }

  /**
   * Reads two numbers of milliseconds.
   *
   * @param name of the field that holds them
   * @throws IllegalArgumentException if one is negative: the product refuses that
   */
  public static HeartBeat heartBeat(String name, Json.Fields fields) {
    List<Json> pair = fields.items(name);
    if (pair.size() != 2) {
      throw new CaseFormatException("the field '" + name + "' must hold two numbers");
    }
    return new HeartBeat(millis(name, pair.get(0)), millis(name, pair.get(1)));
  }

  private static int millis(String name, Json value) {
    return Math.toIntExact(Json.as(Json.Whole.class, name, value).value());
  }

  /** Returns what the field {@code v} lists; never empty. */
  public static List<String> versionTexts(Json.Fields fields) {
    List<String> texts = fields.texts("v");
    if (texts.isEmpty()) {
      throw new CaseFormatException("the field 'v' names no version, so nothing would run");
    }
    return texts;
  }

  /** Returns the versions that the field {@code v} lists; never empty. */
  public static List<Version> versions(Json.Fields fields) {
    return versionTexts(fields).stream().map(CaseFields::version).toList();
  }

  /** Returns the version that a text of the field {@code v} names. */
  public static Version version(String text) {
    return Version.of(text)
        .orElseThrow(() -> new CaseFormatException("the field 'v' names no version: " + text));
  }

  /**
   * Reads octets from their hex form, which counts, or from the readable one.
   *
   * @param name of the field that holds {@code value}
   */
  public static Body octets(String name, Json value) {
    Json.Fields forms = Json.as(Json.Fields.class, name, value);
    return forms
        .optionalText("hex")
        .map(Escaped::ofHex)
        .orElseGet(() -> Escaped.octets(forms.text("s")));
  }

  /** Returns the entries of the field {@code headers}, which are pairs of name and value. */
  public static List<Draft.Entry> entries(Json.Fields fields) {
    return entries(fields.items("headers"));
  }

  /** Returns headers from pairs of name and value. */
  public static List<Draft.Entry> entries(List<Json> pairs) {
    List<Draft.Entry> entries = new ArrayList<>();
    for (Json item : pairs) {
      List<Json> pair = Json.as(Json.Items.class, "headers", item).items();
      if (pair.size() != 2) {
        throw new CaseFormatException("a header must be a name and a value, but is " + pair);
      }
      String name = Json.as(Json.Text.class, "headers", pair.get(0)).value();
      entries.add(new Draft.Entry(name, value(pair.get(1))));
    }
    return entries;
  }

  /** Returns the value of a header; null stays null. */
  public static @Nullable String value(Json json) {
    return json instanceof Json.Nothing
        ? null
        : Json.as(Json.Text.class, "value of a header", json).value();
  }

  /** Reads {@code command}, {@code headers} and {@code body}, which may be left out. */
  public static Draft draft(Json.Fields wanted) {
    wanted.expectOnly("do", Set.of("command", "headers", "body", "options"));
    Body body = wanted.has("body") ? octets("body", wanted.any("body")) : Body.empty();
    return new Draft(wanted.text("command"), entries(wanted), body);
  }
}
