package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Fields as the seeds write them: octets are text of one character for each. */
final class SeedFields {
  private SeedFields() {}

  static Version version(Json.Fields fields) {
    return CaseFields.version(fields.text("v"));
  }

  static Body octets(String name, Json value) {
    String text = Json.as(Json.Text.class, name, value).value();
    if (text.chars().anyMatch(c -> c > 0xff)) {
      throw new CaseFormatException(
          "the field '" + name + "' must have one character for each octet, but has " + text);
    }
    return Body.of(text, StandardCharsets.ISO_8859_1);
  }

  /** Returns an array of exactly two values. */
  static List<Json> pair(String name, Json value) {
    return items(name, value, 2);
  }

  static List<Json> items(String name, Json value, int size) {
    List<Json> items = Json.as(Json.Items.class, name, value).items();
    if (items.size() != size) {
      throw new CaseFormatException(
          "the field '" + name + "' must hold " + size + " values, but holds " + items);
    }
    return items;
  }
}
