package io.stompbox.cli.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What remains of a run; {@code run.json} holds it, see docs/bench.md.
 *
 * @param startedAt when it began, such as 2026-11-21T08:00:00.123Z
 * @param settings what was asked for, by the names of the options; nothing secret
 * @param latency null if there was nothing whose latency can be told
 * @param errors what was said of the first errors
 */
record RunRecord(
    BenchKind kind,
    String startedAt,
    Map<String, String> settings,
    Surroundings surroundings,
    Totals totals,
    @Nullable Latency latency,
    List<Interval> intervals,
    List<String> errors) {

  RunRecord {
    intervals = List.copyOf(intervals);
    errors = List.copyOf(errors);
  }

  /**
   * Where it ran.
   *
   * @param maxHeap octets
   * @param broker what the broker calls itself; empty if it does not say
   * @param server its address without credentials
   */
  record Surroundings(
      String stompbox,
      String java,
      String os,
      int cpus,
      long maxHeap,
      String broker,
      String protocol,
      String server) {}

  /**
   * What was done in all.
   *
   * @param work what counts as done
   * @param seconds from the first moment that counts to the last thing that was counted
   * @param runSeconds how long the run took, with connecting, the warm-up and waiting for answers
   *     in vain
   * @param lost messages that should have arrived and have not; for confirmed sends those that the
   *     broker does not have
   * @param unknown messages that the broker may have or not: no confirmation came, and no copy of
   *     it; those too that were on their way when the run was interrupted
   * @param behind messages that the rate wanted and that were not sent in time
   * @param warmUp messages that were sent before anything counted
   * @param octets in each body; the mean where messages of others were received
   */
  record Totals(
      Count work,
      double seconds,
      double runSeconds,
      Counts counts,
      long lost,
      long unknown,
      long behind,
      long warmUp,
      double octets) {

    /** Messages a second. */
    double rate() {
      return rate(work);
    }

    /** Octets of bodies a second. */
    double octetsRate() {
      return rate() * octets;
    }

    double rate(Count what) {
      return seconds == 0 ? 0 : counts.get(what) / seconds;
    }

    /** Whether it is worth a line: what a run does not do is not said to have happened 0 times. */
    boolean shows(Count count) {
      return counts.get(count) > 0 || count == Count.ERRORS || count == work;
    }

    /** Whether everything that was sent is accounted for. */
    boolean isWhole() {
      return lost == 0 && unknown == 0 && counts.get(Count.ERRORS) == 0;
    }
  }
}
