package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Extent;
import io.stompbox.cli.bench.RunRecord.Surroundings;
import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.protocol.session.Agreement;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a run has ended.
 *
 * @param runSeconds as in {@link RunRecord.Totals}
 * @param outage which connections were down at the end, since when and why; empty if none was
 */
record BenchResult(
    BenchState state,
    IntervalLog log,
    Agreement agreement,
    Balance balance,
    double runSeconds,
    Optional<String> outage,
    RunEnd end) {

  /**
   * Returns what remains of it.
   *
   * @param server the address of the broker, without credentials
   */
  RunRecord record(String startedAt, String server, Map<String, String> settings) {
    BenchPlan plan = state.plan();
    Meter meter = state.meter();
    Totals totals =
        new Totals(
            plan.work(),
            meter.elapsed(),
            runSeconds,
            balance.counts(),
            balance.lost(),
            balance.unknown(),
            behind(),
            meter.warmUp(),
            octets());
    return new RunRecord(
        plan.kind(),
        startedAt,
        settings,
        surroundings(server),
        totals,
        plan.hasLatency() ? Latency.of(meter.latency()) : null,
        log.intervals(),
        Stream.concat(outage.stream(), meter.sentences().stream()).toList());
  }

  /** Of each message. Those that came are not of one size, and nobody else tells it. */
  private double octets() {
    BenchPlan plan = state.plan();
    return plan.kind() == BenchKind.LISTEN
        ? state.meter().octetsReceived()
        : plan.producing().size();
  }

  /** Only a time that is over can leave something unsent. */
  private long behind() {
    Extent extent = state.plan().extent();
    double rate = state.plan().producing().rate();
    if (extent.time() == null || rate == 0 || end == RunEnd.INTERRUPTED) {
      return 0;
    }
    double wanted = rate * Interval.seconds(extent.time());
    if (extent.count() != null) {
      wanted = Math.min(wanted, extent.count());
    }
    return Math.max(0, Math.round(wanted) - state.meter().tally().get(Count.SENT));
  }

  private Surroundings surroundings(String server) {
    return new Surroundings(
        Objects.requireNonNullElse(
            BenchResult.class.getPackage().getImplementationVersion(), "from the source tree"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        agreement.server().orElse(""),
        agreement.version().toString(),
        server);
  }
}
