package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.failover.FailoverSchedule;
import io.stompbox.protocol.failover.FailoverSchedule.Attempt;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The attempts of one schedule: the first iteration at start-up, each later one after a connection
 * was lost.
 */
record SequenceCase(String uri, List<Iteration> iterations) implements Case {
  /** What is local on every machine; the cases name no host of the one that runs them. */
  static final Predicate<String> LOCAL =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}").asMatchPredicate();

  /**
   * Some attempts.
   *
   * @param steps broker and delay of each
   */
  record Iteration(List<String> steps, End end) {}

  /** What follows the attempts of an iteration. */
  enum End {
    /** The schedule gives up. */
    GIVES_UP("END"),
    /** More attempts, which the case does not list. */
    GOES_ON("...");

    private final String text;

    End(String text) {
      this.text = text;
    }

    static End of(String text) {
      for (End end : values()) {
        if (end.text.equals(text)) {
          return end;
        }
      }
      throw new CaseFormatException("an iteration must end with 'END' or '...', but has " + text);
    }
  }

  /** Delays that differ by less than a nanosecond are the same. */
  static String step(String broker, BigDecimal millis) {
    BigDecimal nanos = millis.setScale(6, RoundingMode.HALF_UP);
    return broker + " after " + FailoverReader.plain(nanos) + " ms";
  }

  @Override
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    FailoverSchedule schedule = schedule();
    for (int i = 0; i < iterations.size(); i++) {
      Iteration wanted = iterations.get(i);
      if (i > 0) {
        schedule.restart();
      }
      String actual = text(iteration(schedule, wanted.steps().size()));
      runs.add(Run.compare("iteration " + (i + 1), text(wanted), actual));
    }
    return runs;
  }

  private FailoverSchedule schedule() {
    FailoverUri parsed = FailoverUri.parse(uri);
    return new FailoverSchedule(parsed.brokers(), parsed.policy(stompest()), new Random(1), LOCAL);
  }

  /** Start-up is one attempt at one broker there, where ours tries each broker once. */
  static ReconnectPolicy stompest() {
    return ReconnectPolicy.activeMq().withStartupRetries(0);
  }

  private static Iteration iteration(FailoverSchedule schedule, int most) {
    List<String> steps = new ArrayList<>();
    Optional<Attempt> next = schedule.next();
    while (next.isPresent() && steps.size() < most) {
      Attempt attempt = next.get();
      BigDecimal millis = BigDecimal.valueOf(attempt.delay().toNanos(), 6);
      steps.add(step(attempt.broker().toString(), millis));
      next = schedule.next();
    }
    return new Iteration(steps, next.isPresent() ? End.GOES_ON : End.GIVES_UP);
  }

  private static String text(Iteration iteration) {
    return String.join(", ", iteration.steps()) + ", " + iteration.end();
  }
}
