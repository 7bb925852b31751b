package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a frame on the wire must be like.
 *
 * @param has header lines that it must have
 * @param requires names of headers that it must have
 * @param lacks names of headers that it must not have
 * @param anyOf for a header, the values of which it must have one; null stands for no such header
 * @param body what its body must be, if that is given
 */
public record WireExpectation(
    String command,
    List<String> has,
    List<String> requires,
    List<String> lacks,
    Map<String, List<@Nullable String>> anyOf,
    Optional<Body> body) {

  /** Reads {@code command}, {@code has}, {@code requires} and so on; only the first must be. */
  public static WireExpectation of(String what, Json value) {
    Json.Fields fields = Json.as(Json.Fields.class, what, value);
    fields.expectOnly(what, Set.of("command", "has", "requires", "lacks", "any_of_header", "body"));
    Map<String, List<@Nullable String>> anyOf = new LinkedHashMap<>();
    Json.Fields given = fields.optionalFields("any_of_header");
    given.members().keySet().forEach(name -> anyOf.put(name, values(given.items(name))));
    return new WireExpectation(
        fields.text("command"),
        fields.has("has") ? lines(fields.items("has")) : List.of(),
        fields.optionalTexts("requires"),
        fields.optionalTexts("lacks"),
        anyOf,
        fields.has("body")
            ? Optional.of(CaseFields.octets("body", fields.any("body")))
            : Optional.empty());
  }

  private static List<@Nullable String> values(List<Json> items) {
    List<@Nullable String> values = new ArrayList<>();
    items.forEach(item -> values.add(CaseFields.value(item)));
    return values;
  }

  private static List<String> lines(List<Json> pairs) {
    return CaseFields.entries(pairs).stream()
        .map(pair -> pair.name() + ":" + pair.value())
        .toList();
  }

  /** Returns what is wrong with a frame; empty if nothing is. */
  public List<String> faultsOf(WireFrame frame) {
    List<String> faults = new ArrayList<>();
    if (!frame.command().equals(command)) {
      faults.add("it is not " + command);
    }
    has.stream()
        .filter(line -> !frame.lines().contains(line))
        .forEach(line -> faults.add("it lacks the line " + Escaped.shown(line)));
    requires.stream()
        .filter(name -> frame.value(name).isEmpty())
        .forEach(name -> faults.add("it lacks the header '" + name + "'"));
    lacks.stream()
        .filter(name -> frame.value(name).isPresent())
        .forEach(name -> faults.add("it has the header '" + name + "'"));
    anyOf.forEach(
        (name, values) -> {
          if (!values.contains(frame.value(name).orElse(null))) {
            faults.add("its header '" + name + "' is none of " + values);
          }
        });
    body.filter(wanted -> !wanted.equals(frame.body()))
        .ifPresent(wanted -> faults.add("its body is not " + Escaped.shown(wanted)));
    return faults;
  }
}
