package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunJsonTest {
  static Stream<RunRecord> runs() {
    return Stream.of(
        SampleRuns.withErrors(3), SampleRuns.withoutLatency(), SampleRuns.to("/queue/\"<é>\n"));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aRunComesBackAsItWas(RunRecord run) {
    RunRecord read = RunReader.read(RunJson.write(run));

    assertThat(RunJson.write(read)).isEqualTo(RunJson.write(run));
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("totals.counts", "intervals.counts")
        .isEqualTo(run);
    assertThat(Arrays.stream(Count.values()).map(read.totals().counts()::get))
        .containsExactlyElementsOf(
            Arrays.stream(Count.values()).map(run.totals().counts()::get).toList());
  }

  /** Scripts rely on these names: they may be joined by others and never change. */
  @Test
  void theFormatHasItsNames() {
    assertThat(RunJson.write(SampleRuns.withErrors(3)))
        .isEqualTo(
            String.join(
                "",
                "{\"format\":1,\"kind\":\"send\",\"startedAt\":\"2026-11-21T08:00:00.123Z\",",
                "\"settings\":{\"destination\":\"/queue/a\",\"rate\":\"500\"},",
                "\"environment\":{\"stompbox\":\"1.0\",\"java\":\"OpenJDK 17\",\"os\":\"Linux\",",
                "\"cpus\":2,\"maxHeapBytes\":4294967296,\"broker\":\"ActiveMQ/6.3.1\",",
                "\"protocol\":\"1.2\",\"server\":\"stomp://a:61613\"},",
                "\"totals\":{\"work\":\"confirmed\",\"seconds\":2,\"runSeconds\":2.5,\"rate\":500,",
                "\"sent\":1000,",
                "\"confirmed\":1000,\"received\":0,\"duplicates\":0,\"errors\":3,\"reconnects\":1,",
                "\"lost\":0,\"unknown\":0,\"behind\":4,\"warmUp\":17,\"bodyBytes\":100},",
                "\"latency\":{\"unit\":\"us\",\"count\":1000,\"min\":500,\"mean\":1100.5,",
                "\"max\":9000,\"percentiles\":[[0,500],[50,1000],[75,1000],[90,1000],[95,1000],",
                "[99,4000],[99.9,9000],[99.99,9000],[99.999,9000],[100,9000]]},",
                "\"intervals\":[{\"at\":1,\"seconds\":1,\"sent\":500,\"confirmed\":500,",
                "\"received\":0,\"duplicates\":0,\"errors\":0,\"reconnects\":0,\"p50\":1000,",
                "\"p99\":4000,\"max\":9000,\"cpu\":0.75,\"heapBytes\":12345678},",
                "{\"at\":2,\"seconds\":1,\"sent\":500,\"confirmed\":500,\"received\":0,",
                "\"duplicates\":0,\"errors\":0,\"reconnects\":0,\"cpu\":0.75,",
                "\"heapBytes\":12345678}],",
                "\"errors\":[\"no receipt for SEND to /queue/a within 10s\"]}"));
  }

  @Test
  void fieldsThatNobodyKnowsArePassedOver() {
    String json = RunJson.write(SampleRuns.to("/queue/a"));
    String more = json.replaceFirst("\\{", "{\"later\":[{\"x\":null}],");

    assertThat(RunJson.write(RunReader.read(more))).isEqualTo(json);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("", "it is empty"),
        Arguments.of("[]", "it is JSON, but no object"),
        Arguments.of("{", "it is no JSON"),
        Arguments.of("{}", "'format' must be a number, but is missing"),
        Arguments.of("{\"format\":2}", "its format is 2, but this version knows 1"),
        Arguments.of("{\"format\":\"1\"}", "'format' must be a number, but is 1"),
        Arguments.of("{\"format\":1}", "'settings' must be an object, but is missing"),
        Arguments.of(
            "{\"format\":1,\"settings\":{},\"kind\":\"x\"}", "no such kind of bench: 'x'"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoRunIsRefusedWithTheReason(String json, String reason) {
    assertThatThrownBy(() -> RunReader.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
