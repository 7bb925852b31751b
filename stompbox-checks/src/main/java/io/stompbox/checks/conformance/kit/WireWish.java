package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a frame must look like on the wire. */
public record WireWish(Json.Fields fields) {
  private static final Set<String> KNOWN =
      Set.of("command", "has", "lacks", "requires", "any_of_header", "body");

  /** Complains about members that nobody would look at. */
  public WireWish {
    fields.expectOnly("what a frame must look like", KNOWN);
  }

  /**
   * Looks at the frame that came, if one did.
   *
   * @throws Mismatch if it is not as it should be
   */
  public void check(Optional<WireFrame> frame) {
    String fault =
        frame.isEmpty()
            ? "no frame"
            : complaint(frame.get()).map(complaint -> frame.get() + ": " + complaint).orElse("");
    if (!fault.isEmpty()) {
      throw new Mismatch(toString(), fault);
    }
  }

  /** Returns what a frame lacks; empty if it is as it should be. */
  public Optional<String> complaint(WireFrame frame) {
    List<String> complaints = new ArrayList<>();
    fields
        .optionalText("command")
        .filter(command -> !command.equals(frame.command()))
        .ifPresent(command -> complaints.add("the command is not " + command));
    has()
        .forEach(
            (name, values) ->
                complainUnless(startsWith(frame, name, values), name + values, complaints));
    for (String name : fields.optionalTexts("lacks")) {
      complainUnless(frame.values(name).isEmpty(), "no " + name, complaints);
    }
    for (String name : fields.optionalTexts("requires")) {
      complainUnless(!frame.values(name).isEmpty(), "a " + name, complaints);
    }
    fields
        .optionalFields("any_of_header")
        .members()
        .forEach(
            (name, values) ->
                complainUnless(isOneOf(frame, name, values), name + " of " + values, complaints));
    if (fields.has("body")) {
      Body wanted = CaseFields.octets("body", fields.any("body"));
      complainUnless(frame.body().equals(wanted), "the body", complaints);
    }
    return complaints.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", complaints));
  }

  private static void complainUnless(boolean holds, String wish, List<String> complaints) {
    if (!holds) {
      complaints.add("it should have " + wish);
    }
  }

  /** Entries of one name count in their order: the first is the one in force. */
  private static boolean startsWith(WireFrame frame, String name, List<String> wanted) {
    List<String> values = frame.values(name);
    return values.size() >= wanted.size() && values.subList(0, wanted.size()).equals(wanted);
  }

  private static boolean isOneOf(WireFrame frame, String name, Json values) {
    for (Json value : Json.as(Json.Items.class, name, values).items()) {
      Optional<String> wanted = Optional.ofNullable(CaseFields.value(value));
      if (wanted.equals(frame.value(name))) {
        return true;
      }
    }
    return false;
  }

  private Map<String, List<String>> has() {
    Map<String, List<String>> has = new LinkedHashMap<>();
    for (Json item : fields.has("has") ? fields.items("has") : List.<Json>of()) {
      List<Json> pair = Json.as(Json.Items.class, "has", item).items();
      if (pair.size() != 2) {
        throw new CaseFormatException("'has' must hold names and values, but holds " + pair);
      }
      String name = Json.as(Json.Text.class, "has", pair.get(0)).value();
      String value = Json.as(Json.Text.class, "has", pair.get(1)).value();
      has.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }
    return has;
  }

  @Override
  public String toString() {
    return fields.members().toString();
  }
}
