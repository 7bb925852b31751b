package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads cases of the section FAILOVER and URI: sequences, good URIs and bad ones. */
final class FailoverReader {
  private static final List<String> ITERATIONS = List.of("iteration1", "iteration2", "iteration3");

  private FailoverReader() {}

  static Case read(Json.Fields fields) {
    fields.expectOnly(
        "the case",
        Set.of(
            "section",
            "id",
            "uri",
            "note",
            "orig",
            "brokers",
            "options",
            "iteration1",
            "iteration2",
            "iteration3"));
    String uri = fields.text("uri");
    if (ITERATIONS.stream().anyMatch(fields::has)) {
      return new SequenceCase(uri, iterations(fields));
    }
    return fields.has("brokers")
        ? new GoodUriCase(uri, brokers(fields), options(fields.optionalFields("options")))
        : new DoubtfulUriCase(uri);
  }

  private static List<SequenceCase.Iteration> iterations(Json.Fields fields) {
    List<SequenceCase.Iteration> iterations = new ArrayList<>();
    for (String name : ITERATIONS) {
      if (fields.has(name)) {
        iterations.add(iteration(name, fields.items(name)));
      }
    }
    return iterations;
  }

  private static SequenceCase.Iteration iteration(String name, List<Json> items) {
    List<String> steps = new ArrayList<>();
    for (Json item : items) {
      if (item instanceof Json.Text word) {
        return new SequenceCase.Iteration(steps, SequenceCase.End.of(word.value()));
      }
      List<Json> pair = SeedFields.pair(name, item);
      String broker = Json.as(Json.Text.class, name, pair.get(0)).value();
      steps.add(SequenceCase.step(broker, Json.number(name, pair.get(1))));
    }
    throw new CaseFormatException(
        "the field '" + name + "' must end with 'END' or '...', since either tells what follows");
  }

  private static List<String> brokers(Json.Fields fields) {
    List<String> brokers = new ArrayList<>();
    for (Json item : fields.items("brokers")) {
      Json.Fields broker = Json.as(Json.Fields.class, "brokers", item);
      broker.expectOnly("brokers", Set.of("protocol", "host", "port"));
      brokers.add(
          broker.text("protocol") + "://" + broker.text("host") + ":" + broker.whole("port"));
    }
    return brokers;
  }

  private static Map<String, String> options(Json.Fields fields) {
    Map<String, String> options = new TreeMap<>();
    fields.members().forEach((name, value) -> options.put(name, option(name, value)));
    return options;
  }

  private static String option(String name, Json value) {
    return value instanceof Json.Flag flag
        ? String.valueOf(flag.value())
        : plain(Json.number(name, value));
  }

  /** Returns a number in the one form that two equal numbers have in common. */
  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
