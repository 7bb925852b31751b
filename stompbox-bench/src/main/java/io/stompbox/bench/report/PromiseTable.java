package io.stompbox.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was promised, what was found, and whether that is enough. */
public final class PromiseTable {
  /** The heads of its columns. */
  public static final List<String> COLUMNS = List.of("what", "reach", "found", "reached");

  private final List<Row> rows = new ArrayList<>();

  /** Whether a promise is kept. */
  public enum Verdict {
    /** Even the worst of our rounds beside the best of theirs keeps it. */
    REACHED("yes"),
    /** The medians keep it, but not every round does. */
    REACHED_IN_NOISE("yes, within the noise"),
    /** The medians do not keep it, but some rounds do. */
    MISSED_IN_NOISE("no, within the noise"),
    /** Not even the best of our rounds beside the worst of theirs keeps it. */
    MISSED("no"),
    /** It is against all that were measured, but not all were. */
    NOT_KNOWN("not known"),
    NOT_MEASURED("-");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    private static Verdict of(boolean isReached) {
      return isReached ? REACHED : MISSED;
    }

    private static Verdict of(Spread own, Spread other, double most) {
      if (own.most() / other.least() <= most) {
        return REACHED;
      }
      if (own.least() / other.most() > most) {
        return MISSED;
      }
      return own.median() / other.median() <= most ? REACHED_IN_NOISE : MISSED_IN_NOISE;
    }

    private boolean isMissed() {
      return this == MISSED || this == MISSED_IN_NOISE;
    }

    /** What is missed stands out. */
    private String markdown() {
      return isMissed() ? text.replaceFirst("no", "**no**") : text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** One promise. */
  public record Row(String what, String reach, String found, Verdict verdict) {
    /** Returns what stands in the columns. */
    public List<String> cells() {
      return List.of(what, reach, found, verdict.toString());
    }
  }

  /** Returns the promises in the order in which they were added. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /**
   * Adds a promise to need at most that share of the best peer. A peer that was not measured may be
   * better than the best of those that were, so that its absence leaves open what seems reached.
   */
  public void againstPeers(String what, Share most, Optional<Spread> own, PeerFigures peers) {
    String reach = "at most " + most + " of the best peer";
    Optional<PeerFigures.Peer> best = peers.best();
    if (own.isEmpty() || best.isEmpty()) {
      notMeasured(what, reach);
      return;
    }
    Ratio ratio = new Ratio(own.get().median(), best.get().median());
    Verdict verdict = Verdict.of(own.get(), best.get().figure(), most.value());
    String found =
        text("%s: %.0f ns, %s %.0f ns", ratio, ratio.own(), best.get().name(), ratio.other());
    if (peers.missing().isEmpty()) {
      row(what, reach, found, verdict);
    } else {
      row(
          what,
          reach,
          found + "; not measured: " + String.join(", ", peers.missing()),
          verdict.isMissed() ? verdict : Verdict.NOT_KNOWN);
    }
  }

  /** Adds a promise to need at most so many times what something else needs. */
  public void atMostTimes(
      String what, double most, String of, Optional<Spread> own, Optional<Spread> other) {
    String reach =
        text("at most %s times %s", most == Math.rint(most) ? text("%.0f", most) : most, of);
    if (own.isEmpty() || other.isEmpty()) {
      notMeasured(what, reach);
      return;
    }
    double times = own.get().median() / other.get().median();
    String found =
        text("%.2f times: %.0f ns, %.0f ns", times, own.get().median(), other.get().median());
    row(what, reach, found, Verdict.of(own.get(), other.get(), most));
  }

  /** Adds a promise that is not about others. */
  public void alone(String what, String reach, String found, boolean isReached) {
    row(what, reach, found, Verdict.of(isReached));
  }

  /** Adds a promise of which nobody knows anything. */
  public void notMeasured(String what, String reach) {
    row(what, reach, "not measured", Verdict.NOT_MEASURED);
  }

  private void row(String what, String reach, String found, Verdict verdict) {
    rows.add(new Row(what, reach, found, verdict));
  }

  /** Returns the table; what is missed stands out. */
  public String markdown() {
    StringBuilder table = new StringBuilder(line(COLUMNS)).append("|---|---|---|---|\n");
    for (Row row : rows) {
      table.append(line(List.of(row.what(), row.reach(), row.found(), row.verdict().markdown())));
    }
    return table.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
