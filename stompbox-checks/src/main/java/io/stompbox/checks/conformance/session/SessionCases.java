package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import java.util.Set;

/** Reads the cases about a client's conversation. */
public final class SessionCases {
  private static final Set<String> KNOWN =
      Set.of("id", "area", "v", "dir", "title", "level", "policy", "ref", "steps", "cfg", "note");

  private SessionCases() {}

  /** Reads a script. */
  public static Case session(Json.Fields fields) {
    fields.expectOnly("the case", KNOWN);
    if (fields.items("steps").isEmpty()) {
      throw new CaseFormatException("the field 'steps' names no step, so nothing would run");
    }
    return new SessionCase(
        CaseFields.versions(fields),
        CaseFields.modes(fields),
        Config.read(fields.optionalFields("cfg")),
        fields.items("steps"));
  }

  /** Reads a case about what a client offers and makes of the answer. */
  public static Case negotiation(Json.Fields fields) {
    CaseFields.modes(fields);
    return new NegotiateCase(
        CaseFields.versionTexts(fields), fields.fields("given"), fields.fields("expect"));
  }
}
