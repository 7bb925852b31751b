package io.stompbox.cli.bench;

import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a run is to be judged.
 *
 * @param sentences what the user should know beside the counts
 */
record Verdict(ExitCode code, List<String> sentences) {
  /** A rate that is missed by less is nothing to speak of. */
  private static final double TOLERATED = 0.01;

  static Verdict of(BenchPlan plan, RunRecord run, RunEnd end) {
    List<String> sentences = new ArrayList<>();
    Totals totals = run.totals();
    if (totals.behind() > totals.counts().get(Count.SENT) * TOLERATED) {
      sentences.add(
          format("the rate was not reached: %,d messages were not sent in time", totals.behind()));
    }
    return new Verdict(code(plan, totals, end, sentences), List.copyOf(sentences));
  }

  /** Returns it with what was missed, if that is all that there is to complain of. */
  Verdict with(List<Threshold> thresholds, RunRecord run) {
    List<String> missed =
        thresholds.stream()
            .flatMap(threshold -> threshold.missedBy(run).stream())
            .map("missed "::concat)
            .toList();
    if (missed.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(sentences);
    all.addAll(missed);
    return new Verdict(code == ExitCode.OK ? ExitCode.THRESHOLD_MISSED : code, List.copyOf(all));
  }

  private static ExitCode code(BenchPlan plan, Totals totals, RunEnd end, List<String> sentences) {
    if (end == RunEnd.INTERRUPTED) {
      String rest =
          totals.unknown() == 0
              ? ""
              : format(", and what became of %,d messages is not known", totals.unknown());
      sentences.add("interrupted; the result is that of what was done by then" + rest);
      return ExitCode.INTERRUPTED;
    }
    if (!totals.isWhole()) {
      sentences.add("not everything is accounted for: " + account(plan, totals));
      if (totals.lost() > 0 && totals.counts().get(Count.RECONNECTS) > 0) {
        sentences.add(
            "the connection was lost meanwhile: a broker that was started anew has forgotten what it"
                + " had not stored, see --persistent");
      }
      return ExitCode.PARTLY_DONE;
    }
    return plan.kind() == BenchKind.LISTEN ? listened(plan, totals, end, sentences) : ExitCode.OK;
  }

  /** What a run does not do is not said to have happened 0 times. */
  private static String account(BenchPlan plan, Totals totals) {
    String done =
        Stream.of(Count.SENT, Count.CONFIRMED, Count.RECEIVED)
            .filter(count -> count == plan.work() || totals.counts().get(count) > 0)
            .map(count -> format("%,d %s, ", totals.counts().get(count), count.word()))
            .collect(Collectors.joining());
    return done
        + format(
            "%,d lost, %,d unknown, %,d errors",
            totals.lost(), totals.unknown(), totals.counts().get(Count.ERRORS));
  }

  private static ExitCode listened(
      BenchPlan plan, Totals totals, RunEnd end, List<String> sentences) {
    long received = totals.counts().get(Count.RECEIVED);
    Long wanted = plan.extent().count();
    String within =
        " on "
            + plan.destination()
            + "; no more came within "
            + DurationConverter.text(plan.consuming().patience());
    if (received == 0) {
      sentences.add("no message" + within);
      return ExitCode.TIMED_OUT;
    }
    if (wanted != null && received < wanted && end != RunEnd.TIME_OVER) {
      sentences.add(format("only %,d of %,d messages", received, wanted) + within);
      return ExitCode.PARTLY_DONE;
    }
    return ExitCode.OK;
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
