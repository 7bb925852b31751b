package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.bench.BenchPlan.Extent;
import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.Acknowledgement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final String FORGOTTEN =
      "the connection was lost meanwhile: a broker that was started anew has forgotten what it had"
          + " not stored, see --persistent";

  private static final BenchPlan MIXED =
      new BenchPlan(
          BenchKind.MIXED,
          "/queue/a",
          1,
          new Extent(5L, null, Duration.ZERO),
          new Producing(1, 0, 100, 0, 100, false),
          new Consuming(1, Acknowledgement.BROKER, 0, Duration.ofSeconds(1)));

  @ParameterizedTest
  @CsvSource({"DONE, PARTLY_DONE", "TIME_OVER, OK", "INTERRUPTED, INTERRUPTED"})
  void fewerMessagesThanWantedAreToldUnlessTheTimeIsOver(RunEnd end, ExitCode code) {
    BenchPlan plan =
        new BenchPlan(
            BenchKind.LISTEN,
            "/queue/a",
            1,
            new Extent(5L, Duration.ofSeconds(3), Duration.ofSeconds(5)),
            Producing.nothing(),
            new Consuming(1, Acknowledgement.BROKER, 0, Duration.ofMillis(300)));
    Counts counts = new Counts(Map.of(Count.RECEIVED, 3L));
    Totals totals = new Totals(Count.RECEIVED, 0.1, 6.5, counts, 0, 0, 0, 0, 100);

    assertThat(Verdict.of(plan, SampleRuns.with(totals), end).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, 1, '5 sent, 3 received, 2 lost, 0 unknown, 0 errors', true",
    "2, 0, 0, '5 sent, 3 received, 2 lost, 0 unknown, 0 errors', false",
    "0, 2, 1, '5 sent, 3 received, 0 lost, 2 unknown, 0 errors', false"
  })
  void whatABrokerMayHaveForgottenIsSaidOfLossesBesideALostConnection(
      long lost, long unknown, long reconnects, String account, boolean mayHaveForgotten) {
    Counts counts =
        new Counts(Map.of(Count.SENT, 5L, Count.RECEIVED, 3L, Count.RECONNECTS, reconnects));
    Totals totals = new Totals(Count.RECEIVED, 2, 2, counts, lost, unknown, 0, 0, 100);

    Verdict verdict = Verdict.of(MIXED, SampleRuns.with(totals), RunEnd.DONE);

    assertThat(verdict.code()).isEqualTo(ExitCode.PARTLY_DONE);
    assertThat(verdict.sentences()).first().asString().endsWith("accounted for: " + account);
    assertThat(verdict.sentences().contains(FORGOTTEN)).isEqualTo(mayHaveForgotten);
    assertThat(verdict.sentences()).hasSize(mayHaveForgotten ? 2 : 1);
  }
}
