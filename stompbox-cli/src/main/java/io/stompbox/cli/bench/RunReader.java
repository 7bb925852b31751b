package io.stompbox.cli.bench;

import io.stompbox.cli.bench.Interval.Spread;
import io.stompbox.cli.bench.RunRecord.Surroundings;
import io.stompbox.cli.bench.RunRecord.Totals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what {@link RunJson} has written; fields that it doesn't know are passed over. */
final class RunReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private RunReader() {}

  /**
   * Reads a run.
   *
   * @throws IllegalArgumentException if it is none, with what is wrong
   */
  static RunRecord read(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Object value = value(parser);
      if (!(value instanceof Map<?, ?> fields)) {
        throw new IllegalArgumentException("it is JSON, but no object");
      }
      return run(new Fields(fields));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static RunRecord run(Fields run) {
    int format = (int) run.number("format");
    if (format != RunJson.FORMAT) {
      throw new IllegalArgumentException(
          "its format is " + format + ", but this version knows " + RunJson.FORMAT);
    }
    Map<String, String> settings = new LinkedHashMap<>();
    run.fields("settings")
        .all()
        .forEach((name, value) -> settings.put(name.toString(), value.toString()));
    return new RunRecord(
        BenchKind.of(run.text("kind")),
        run.text("startedAt"),
        settings,
        surroundings(run.fields("environment")),
        totals(run.fields("totals")),
        run.has("latency") ? latency(run.fields("latency")) : null,
        run.list("intervals").stream().map(Fields::of).map(RunReader::interval).toList(),
        run.list("errors").stream().map(Object::toString).toList());
  }

  private static Surroundings surroundings(Fields where) {
    return new Surroundings(
        where.text("stompbox"),
        where.text("java"),
        where.text("os"),
        (int) where.number("cpus"),
        (long) where.number("maxHeapBytes"),
        where.text("broker"),
        where.text("protocol"),
        where.text("server"));
  }

  private static Totals totals(Fields totals) {
    return new Totals(
        Count.of(totals.text("work")),
        totals.number("seconds"),
        totals.number(totals.has("runSeconds") ? "runSeconds" : "seconds"),
        counts(totals),
        (long) totals.number("lost"),
        totals.has("unknown") ? (long) totals.number("unknown") : 0,
        (long) totals.number("behind"),
        (long) totals.number("warmUp"),
        totals.number("bodyBytes"));
  }

  private static Counts counts(Fields fields) {
    Map<Count, Long> numbers = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      numbers.put(count, (long) fields.number(count.word()));
    }
    return new Counts(numbers);
  }

  private static Latency latency(Fields latency) {
    List<Latency.Point> points = new ArrayList<>();
    for (Object point : latency.list("percentiles")) {
      if (!(point instanceof List<?> pair)
          || pair.size() != 2
          || !(pair.get(0) instanceof Double percentile)
          || !(pair.get(1) instanceof Double micros)) {
        throw new IllegalArgumentException(
            "a percentile must be two numbers, [99, 123.4], but is " + point);
      }
      points.add(new Latency.Point(percentile, micros));
    }
    return new Latency(
        (long) latency.number("count"),
        latency.number("min"),
        latency.number("mean"),
        latency.number("max"),
        points);
  }

  private static Interval interval(Fields interval) {
    Spread latency =
        interval.has("p50")
            ? new Spread(interval.number("p50"), interval.number("p99"), interval.number("max"))
            : null;
    return new Interval(
        interval.number("at"),
        interval.number("seconds"),
        counts(interval),
        latency,
        interval.number("cpu"),
        (long) interval.number("heapBytes"));
  }

  /** The fields of an object; the accessors complain with the name of the field. */
  private record Fields(Map<?, ?> all) {
    static Fields of(Object value) {
      if (value instanceof Map<?, ?> fields) {
        return new Fields(fields);
      }
      throw new IllegalArgumentException("an object should be where there is " + value);
    }

    boolean has(String name) {
      return all.containsKey(name);
    }

    String text(String name) {
      return as(String.class, name, "a string");
    }

    double number(String name) {
      return as(Double.class, name, "a number");
    }

    List<?> list(String name) {
      return as(List.class, name, "an array");
    }

    Fields fields(String name) {
      return new Fields(as(Map.class, name, "an object"));
    }

    private <T> T as(Class<T> type, String name, String kind) {
      Object value = all.get(name);
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException(
            "'" + name + "' must be " + kind + ", but is " + (value == null ? "missing" : value));
      }
      return type.cast(value);
    }
  }

  /** Returns the value that the parser stands at: a map, a list, a string, a double, or a flag. */
  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("it is empty");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
      default -> null;
    };
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        items.add(value);
      }
    }
    return items;
  }
}
