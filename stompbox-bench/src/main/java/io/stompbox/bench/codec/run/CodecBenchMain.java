package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.subject.Subjects;
import io.stompbox.bench.report.Argument;
import io.stompbox.bench.report.BenchmarksDocument;
import io.stompbox.bench.report.JsonLines;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures the codecs, subject beside subject, one JVM for each figure and round.
 *
 * <p>The exit code is 0 if all was measured, 1 if something failed, 2 if the arguments are wrong.
 */
public final class CodecBenchMain {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** Of the document. */
  private static final String PART = "codec";

  private static final JsonLines<Measurement> RESULTS = new JsonLines<>(Measurement.class);

  private CodecBenchMain() {}

  /** Ends the JVM with the exit code. */
  public static void main(String[] arguments) throws Exception {
    if (Argument.askForHelp(List.of(arguments))) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      System.exit(run(Options.parse(List.of(arguments))));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    }
  }

  private static int run(Options options) throws Exception {
    Path document = options.report();
    if (document != null) {
      BenchmarksDocument.check(document, PART);
    }
    if (!options.measures()) {
      JsonLines.check(options.raw());
    }
    int failures = options.measures() ? measure(options) : 0;
    List<Measurement> measurements = RESULTS.read(options.raw());
    CodecReport report = new CodecReport(measurements);
    System.out.println(report.holds());
    if (document != null) {
      BenchmarksDocument.replace(document, PART, report.text());
    }
    return failures == 0 ? 0 : FAILED;
  }

  private static int measure(Options options) throws Exception {
    JsonLines.start(options.raw());
    int failures = 0;
    for (int round = 1; round <= options.rounds(); round++) {
      for (Work work : options.works()) {
        for (String corpus : work.corpora()) {
          if (options.corpora().contains(corpus)) {
            failures += measure(options, round, work, corpus);
          }
        }
      }
    }
    return failures;
  }

  private static int measure(Options options, int round, Work work, String corpus)
      throws Exception {
    int failures = 0;
    for (String subject : options.subjects()) {
      if (!work.suits(Subjects.named(subject), corpus)) {
        continue;
      }
      try {
        Measurement measured = Fork.run(work, corpus, subject, round);
        RESULTS.append(options.raw(), measured);
        System.out.printf(
            "%d %-11s %-11s %-15s %8.0f ns CPU %8.0f ns wall %8.0f octets%n",
            round,
            work.option(),
            corpus,
            subject,
            measured.cpuNanos(),
            measured.wallNanos(),
            measured.allocated());
      } catch (RunnerException e) {
        failures++;
        System.err.println(work.option() + " " + corpus + " " + subject + " failed: " + e);
      }
    }
    return failures;
  }
}
