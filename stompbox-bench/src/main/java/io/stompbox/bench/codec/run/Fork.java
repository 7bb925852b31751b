package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one figure in a JVM of its own. */
final class Fork {
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION = TimeValue.milliseconds(400);

  private Fork() {}

  static Measurement run(Work work, String corpus, String subject, int round)
      throws RunnerException {
    Class<?> benchmark = work == Work.ENCODE ? EncodeBenchmark.class : DecodeBenchmark.class;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName() + "\\.")
            .param("subject", subject)
            .param("corpus", corpus)
            .forks(1)
            .threads(1)
            .warmupIterations(1)
            .warmupTime(ITERATION)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgs("-Xms1g", "-Xmx1g");
    if (work != Work.ENCODE) {
      options.param("work", work.option());
    }
    RunResult result = new Runner(options.build()).runSingle();
    return measurement(work, work.corpus(corpus), subject, round, result);
  }

  private static Measurement measurement(
      Work work, Corpus corpus, String subject, int round, RunResult result) {
    int frames = corpus.frames().size();
    List<Double> cpu = new ArrayList<>();
    List<Double> wall = new ArrayList<>();
    List<Double> allocated = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        Map<String, Result> counters = iteration.getSecondaryResults();
        double operations = score(counters, "operations");
        cpu.add(score(counters, "cpuNanos") / operations / frames);
        wall.add(iteration.getPrimaryResult().getScore() / frames);
        allocated.add(score(counters, "gc.alloc.rate.norm") / frames);
        others.add(score(counters, "others"));
      }
    }
    return new Measurement(
        work.option(),
        corpus.name(),
        subject,
        round,
        (double) corpus.size() / frames,
        Measurement.median(cpu),
        Measurement.median(wall),
        Measurement.median(allocated),
        Measurement.median(others));
  }

  private static double score(Map<String, Result> results, String name) {
    return results.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no '" + name + "' in " + results.keySet()))
        .getValue()
        .getScore();
  }
}
