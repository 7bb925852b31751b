package io.stompbox.bench.codec.run;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A file with one measurement in JSON on each line. */
final class RawResults {
  private static final JsonFactory JSON = new JsonFactory();

  private RawResults() {}

  static void append(Path file, Measurement measurement) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("work", measurement.work());
      json.writeStringProperty("corpus", measurement.corpus());
      json.writeStringProperty("subject", measurement.subject());
      json.writeNumberProperty("round", measurement.round());
      json.writeNumberProperty("octets", measurement.octets());
      json.writeNumberProperty("cpuNanos", measurement.cpuNanos());
      json.writeNumberProperty("wallNanos", measurement.wallNanos());
      json.writeNumberProperty("allocated", measurement.allocated());
      json.writeNumberProperty("others", measurement.others());
      json.writeEndObject();
    }
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  static List<Measurement> read(Path file) throws IOException {
    List<Measurement> measurements = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      measurements.add(parse(line));
    }
    return measurements;
  }

  private static Measurement parse(String line) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          values.put(json.currentName(), json.getString());
        }
      }
    }
    return new Measurement(
        text(values, "work"),
        text(values, "corpus"),
        text(values, "subject"),
        Long.parseLong(text(values, "round")),
        Double.parseDouble(text(values, "octets")),
        Double.parseDouble(text(values, "cpuNanos")),
        Double.parseDouble(text(values, "wallNanos")),
        Double.parseDouble(text(values, "allocated")),
        Double.parseDouble(text(values, "others")));
  }

  private static String text(Map<String, String> values, String name) {
    @Nullable String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a line of raw results has no '" + name + "'");
    }
    return value;
  }
}
