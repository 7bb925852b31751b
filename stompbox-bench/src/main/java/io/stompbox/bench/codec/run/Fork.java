package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.report.Machine;
import io.stompbox.bench.report.Spread;
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
    org.openjdk.jmh.runner.options.Options options =
        new OptionsBuilder()
            .include("^" + CodecBenchmark.class.getName() + "\\.")
            .param("subject", subject)
            .param("corpus", corpus)
            .param("work", work.option())
            .forks(1)
            .threads(1)
            .warmupIterations(1)
            .warmupTime(ITERATION)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgs("-Xms1g", "-Xmx1g")
            .build();
    RunResult result = new Runner(options).runSingle();
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
        double operations = score(iteration, "operations");
        cpu.add(score(iteration, "cpuNanos") / operations / frames);
        wall.add(iteration.getPrimaryResult().getScore() / frames);
        allocated.add(score(iteration, "gc.alloc.rate.norm") / frames);
        others.add(score(iteration, "others"));
      }
    }
    return new Measurement(
        work.option(),
        corpus.name(),
        subject,
        round,
        Machine.describe(),
        result.getParams().getVmName() + " " + result.getParams().getVmVersion(),
        (double) corpus.size() / frames,
        Spread.median(cpu),
        Spread.median(wall),
        Spread.median(allocated),
        Spread.median(others));
  }

  @SuppressWarnings("rawtypes") // they are JMH's
  private static double score(IterationResult iteration, String name) {
    for (Map.Entry<String, Result> result : iteration.getSecondaryResults().entrySet()) {
      // The profiler puts a dot before its names.
      if (result.getKey().endsWith(name)) {
        return result.getValue().getScore();
      }
    }
    throw new IllegalStateException(
        "no '" + name + "' in " + iteration.getSecondaryResults().keySet());
  }
}
