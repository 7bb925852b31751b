package io.stompbox.cli.bench;

import io.stompbox.cli.bench.Interval.Spread;
import io.stompbox.cli.bench.RunRecord.Surroundings;
import io.stompbox.cli.bench.RunRecord.Totals;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes {@code run.json}; docs/bench.md has the format. */
final class RunJson {
  /** Raised when a reader of the last one could be misled. */
  static final int FORMAT = 1;

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int DECIMALS = 3;

  private final JsonGenerator json;

  private RunJson(JsonGenerator json) {
    this.json = json;
  }

  /** Returns a run as one line of JSON. */
  static String write(RunRecord run) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      new RunJson(json).run(run);
    }
    return text.toString();
  }

  private void run(RunRecord run) {
    json.writeStartObject();
    json.writeNumberProperty("format", FORMAT);
    json.writeStringProperty("kind", run.kind().word());
    json.writeStringProperty("startedAt", run.startedAt());
    json.writeObjectPropertyStart("settings");
    run.settings().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeObjectPropertyStart("environment");
    surroundings(run.surroundings());
    json.writeEndObject();
    json.writeObjectPropertyStart("totals");
    totals(run.totals());
    json.writeEndObject();
    if (run.latency() != null) {
      json.writeObjectPropertyStart("latency");
      latency(run.latency());
      json.writeEndObject();
    }
    json.writeArrayPropertyStart("intervals");
    run.intervals().forEach(this::interval);
    json.writeEndArray();
    json.writeArrayPropertyStart("errors");
    run.errors().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void surroundings(Surroundings where) {
    json.writeStringProperty("stompbox", where.stompbox());
    json.writeStringProperty("java", where.java());
    json.writeStringProperty("os", where.os());
    json.writeNumberProperty("cpus", where.cpus());
    json.writeNumberProperty("maxHeapBytes", where.maxHeap());
    json.writeStringProperty("broker", where.broker());
    json.writeStringProperty("protocol", where.protocol());
    json.writeStringProperty("server", where.server());
  }

  private void totals(Totals totals) {
    json.writeStringProperty("work", totals.work().word());
    number("seconds", totals.seconds());
    number("runSeconds", totals.runSeconds());
    number("rate", totals.rate());
    counts(totals.counts());
    json.writeNumberProperty("lost", totals.lost());
    json.writeNumberProperty("unknown", totals.unknown());
    json.writeNumberProperty("behind", totals.behind());
    json.writeNumberProperty("warmUp", totals.warmUp());
    number("bodyBytes", totals.octets());
  }

  private void counts(Counts counts) {
    for (Count count : Count.values()) {
      json.writeNumberProperty(count.word(), counts.get(count));
    }
  }

  private void latency(Latency latency) {
    json.writeStringProperty("unit", "us");
    json.writeNumberProperty("count", latency.count());
    number("min", latency.min());
    number("mean", latency.mean());
    number("max", latency.max());
    json.writeArrayPropertyStart("percentiles");
    for (Latency.Point point : latency.points()) {
      json.writeStartArray();
      json.writeNumber(decimal(point.percentile(), 2 * DECIMALS));
      json.writeNumber(decimal(point.micros(), DECIMALS));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void interval(Interval interval) {
    json.writeStartObject();
    number("at", interval.at());
    number("seconds", interval.seconds());
    counts(interval.counts());
    Spread latency = interval.latency();
    if (latency != null) {
      number("p50", latency.p50());
      number("p99", latency.p99());
      number("max", latency.max());
    }
    number("cpu", interval.cpu());
    json.writeNumberProperty("heapBytes", interval.heap());
    json.writeEndObject();
  }

  private void number(String name, double value) {
    json.writeNumberProperty(name, decimal(value, DECIMALS));
  }

  private static BigDecimal decimal(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    // Without zeros at the end, and 10 must not become 1E+1.
    BigDecimal brief = rounded.stripTrailingZeros();
    return brief.scale() < 0 ? brief.setScale(0) : brief;
  }
}
