package io.stompbox.cli.bench;

import io.stompbox.cli.report.Numbers;
import io.stompbox.cli.report.Section.Unit;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final String KNOWN =
      "rate, lost, unknown, behind, seconds, min, mean, max, "
          + Latency.LEVELS.stream().map(Latency::name).collect(Collectors.joining(", "));

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

  /** What is compared. */
  sealed interface Measure {
    /** Of a run; not a number if it has none. */
    double of(RunRecord run);

    /** Something about latency, in microseconds. */
    record OfLatency(String name) implements Measure {
      @Override
      public double of(RunRecord run) {
        Latency latency = run.latency();
        if (latency == null) {
          return Double.NaN;
        }
        return switch (name) {
          case "min" -> latency.min();
          case "mean" -> latency.mean();
          case "max" -> latency.max();
          default -> latency.at(Double.parseDouble(name.substring(1)));
        };
      }
    }

    /** How often something was counted. */
    record OfCount(Count count) implements Measure {
      @Override
      public double of(RunRecord run) {
        return run.totals().counts().get(count);
      }
    }

    /** Another of the totals. */
    record OfTotals(String name) implements Measure {
      @Override
      public double of(RunRecord run) {
        return switch (name) {
          case "rate" -> run.totals().rate();
          case "lost" -> run.totals().lost();
          case "unknown" -> run.totals().unknown();
          case "behind" -> run.totals().behind();
          default -> run.totals().seconds();
        };
      }
    }
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
    Measure measure =
        measure(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'" + name + "' is nothing to compare; there are " + known()));
    double number = new BigDecimal(form.group(3)).doubleValue();
    String unit = form.group(4);
    return new Threshold(
        text, measure, Relation.of(form.group(2)), number * factor(text, measure, unit));
  }

  private static String known() {
    StringBuilder names = new StringBuilder(KNOWN);
    for (Count count : Count.values()) {
      names.append(", ").append(count.word());
    }
    return names.toString();
  }

  private static Optional<Measure> measure(String name) {
    for (Count count : Count.values()) {
      if (count.word().equals(name)) {
        return Optional.of(new Measure.OfCount(count));
      }
    }
    boolean isPercentile = Latency.LEVELS.stream().map(Latency::name).anyMatch(name::equals);
    if (isPercentile || name.equals("min") || name.equals("mean") || name.equals("max")) {
      return Optional.of(new Measure.OfLatency(name));
    }
    boolean isTotal =
        name.equals("rate")
            || name.equals("lost")
            || name.equals("unknown")
            || name.equals("behind")
            || name.equals("seconds");
    return isTotal ? Optional.of(new Measure.OfTotals(name)) : Optional.empty();
  }

  private static double factor(String text, Measure measure, String unit) {
    if (measure instanceof Measure.OfLatency) {
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
    return measure instanceof Measure.OfLatency;
  }

  /** Returns what was missed; empty if it was not. */
  Optional<String> missedBy(RunRecord run) {
    double value = measure.of(run);
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
