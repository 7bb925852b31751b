package io.stompbox.cli.bench;

import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.cli.report.Numbers;
import io.stompbox.cli.report.Section.Unit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What makes a run a failure: {@code p99>5ms}, {@code rate<10000}, {@code errors>0}.
 *
 * @param text as it was given
 * @param limit in microseconds for latencies
 */
record Threshold(String text, Measure measure, Relation relation, double limit) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9.]+)\\s*(>=|<=|>|<)\\s*(\\d{1,12}(?:\\.\\d{1,6})?)([a-zµ]*)");
  private static final Map<String, Integer> MICROS =
      Map.of("us", 1, "µs", 1, "ms", 1000, "s", 1_000_000);

  /** By the names that they have in a condition. */
  private static final Map<String, Measure> MEASURES = measures();

  /** How a number and the limit are compared. */
  enum Relation {
    ABOVE,
    AT_LEAST,
    BELOW,
    AT_MOST;

    private static Relation of(String text) {
      return switch (text) {
        case ">" -> ABOVE;
        case ">=" -> AT_LEAST;
        case "<" -> BELOW;
        default -> AT_MOST;
      };
    }

    private boolean holds(double value, double limit) {
      return switch (this) {
        case ABOVE -> value > limit;
        case AT_LEAST -> value >= limit;
        case BELOW -> value < limit;
        case AT_MOST -> value <= limit;
      };
    }
  }

  /**
   * What is compared.
   *
   * @param value of a run, in microseconds for latencies; not a number if it has none
   */
  record Measure(Kind kind, ToDoubleFunction<RunRecord> value) {
    /** What a number is of. */
    enum Kind {
      LATENCY,
      TOTAL
    }

    private static Measure ofLatency(ToDoubleFunction<Latency> value) {
      return new Measure(
          Kind.LATENCY,
          run -> {
            Latency latency = run.latency();
            return latency == null ? Double.NaN : value.applyAsDouble(latency);
          });
    }

    private static Measure ofTotals(ToDoubleFunction<Totals> value) {
      return new Measure(Kind.TOTAL, run -> value.applyAsDouble(run.totals()));
    }
  }

  private static Map<String, Measure> measures() {
    Map<String, Measure> measures = new LinkedHashMap<>();
    measures.put("rate", Measure.ofTotals(Totals::rate));
    measures.put("lost", Measure.ofTotals(Totals::lost));
    measures.put("unknown", Measure.ofTotals(Totals::unknown));
    measures.put("behind", Measure.ofTotals(Totals::behind));
    measures.put("seconds", Measure.ofTotals(Totals::seconds));
    measures.put("min", Measure.ofLatency(Latency::min));
    measures.put("mean", Measure.ofLatency(Latency::mean));
    measures.put("max", Measure.ofLatency(Latency::max));
    for (double level : Latency.LEVELS) {
      measures.put(Latency.name(level), Measure.ofLatency(latency -> latency.at(level)));
    }
    for (Count count : Count.values()) {
      measures.put(count.word(), Measure.ofTotals(totals -> totals.counts().get(count)));
    }
    return measures;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Threshold parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no threshold; write for example p99>5ms, rate<10000 or errors>0");
    }
    String name = form.group(1);
    Measure measure = MEASURES.get(name);
    if (measure == null) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is nothing to compare; there are "
              + String.join(", ", MEASURES.keySet()));
    }
    double number = new BigDecimal(form.group(3)).doubleValue();
    String unit = form.group(4);
    return new Threshold(
        text, measure, Relation.of(form.group(2)), number * factor(text, measure, unit));
  }

  private static double factor(String text, Measure measure, String unit) {
    if (measure.kind() == Measure.Kind.LATENCY) {
      Integer factor = MICROS.get(unit);
      if (factor == null) {
        throw new IllegalArgumentException(
            "'" + text + "' compares a duration, so its unit must be us, ms or s");
      }
      return factor;
    }
    if (!unit.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' compares a number, which has no unit");
    }
    return 1;
  }

  boolean needsLatency() {
    return measure.kind() == Measure.Kind.LATENCY;
  }

  /** Returns what was missed; empty if it was not. */
  Optional<String> missedBy(RunRecord run) {
    double value = measure.value().applyAsDouble(run);
    if (Double.isNaN(value)) {
      return Optional.of(text + ": there is no latency at all");
    }
    return relation.holds(value, limit)
        ? Optional.of(text + ": it is " + shown(value))
        : Optional.empty();
  }

  private String shown(double value) {
    return needsLatency() ? Numbers.micros(value) : Numbers.text(value, Unit.NUMBER);
  }

  /** Reads the values of {@code --fail-if}. */
  static final class Converter implements ITypeConverter<Threshold> {
    @Override
    public Threshold convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
