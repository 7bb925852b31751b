package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thresholds against a run of 1,000 messages in 2 s, with a p99 of 4 ms and 3 errors. */
class ThresholdTest {
  private static final RunRecord RUN = SampleRuns.withErrors(3);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p99>5ms|",
        "p99>3ms|p99>3ms: it is 4.00 ms",
        "p99 > 3999us|p99 > 3999us: it is 4.00 ms",
        "p99>0.004s|",
        "p99>=4ms|p99>=4ms: it is 4.00 ms",
        "p50<=1ms|p50<=1ms: it is 1.00 ms",
        "p50<1ms|",
        "p99.9>8ms|p99.9>8ms: it is 9.00 ms",
        "max>9ms|",
        "max>8.9ms|max>8.9ms: it is 9.00 ms",
        "min<1ms|min<1ms: it is 500 µs",
        "mean>1s|",
        "rate<500|",
        "rate<10000|rate<10000: it is 500",
        "errors>0|errors>0: it is 3",
        "errors>3|",
        "lost>0|",
        "reconnects>=1|reconnects>=1: it is 1",
        "seconds>1|seconds>1: it is 2"
      })
  void saysWhatWasMissed(String threshold, String missed) {
    assertThat(Threshold.parse(threshold).missedBy(RUN).orElse(null)).isEqualTo(missed);
  }

  @Test
  void aRunWithoutLatencyMissesWhatIsAskedOfIt() {
    assertThat(Threshold.parse("p99>5ms").missedBy(SampleRuns.withoutLatency()))
        .hasValue("p99>5ms: there is no latency at all");
  }
}
