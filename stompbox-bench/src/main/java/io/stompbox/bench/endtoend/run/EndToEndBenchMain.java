package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.report.Argument;
import io.stompbox.bench.report.BenchmarksDocument;
import io.stompbox.bench.report.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures whole clients beside each other, one JVM for each figure and round.
 *
 * <p>The exit code is 0 if all was measured, 1 if something failed, 2 if the arguments are wrong.
 */
public final class EndToEndBenchMain {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** Of the document. */
  private static final String PART = "clients";

  /** A JVM that takes longer hangs. */
  private static final long LIMIT_SECONDS = 180;

  private static final JsonLines<Sample> RESULTS = new JsonLines<>(Sample.class);

  private EndToEndBenchMain() {}

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

  private static int run(Options options) throws IOException, InterruptedException {
    check(options);
    int failures = options.measures() ? measure(options) : 0;
    List<Sample> samples = RESULTS.read(options.raw());
    ClientReport report = new ClientReport(samples);
    System.out.println(report.holds().markdown());
    System.out.println(report.ratios());
    BenchmarksDocument.replace(options.report(), PART, report.text());
    Files.writeString(options.html(), HtmlReport.of(samples).html());
    System.out.println("charts: " + options.html() + ", raw results: " + options.raw());
    return failures == 0 ? 0 : FAILED;
  }

  /** Before time goes into figures that can't be kept. */
  static void check(Options options) throws IOException {
    if (options.report().equals(Options.REPORT_OF_A_PART)) {
      JsonLines.makeFolderOf(options.report());
      BenchmarksDocument.start(options.report(), PART, "bench");
    }
    BenchmarksDocument.check(options.report(), PART);
    JsonLines.makeFolderOf(options.html());
    if (Files.isDirectory(options.html())) {
      throw new IllegalArgumentException("html=" + options.html() + " is a folder; name a file");
    }
    if (!options.measures()) {
      JsonLines.check(options.raw());
    }
  }

  private static int measure(Options options) throws IOException, InterruptedException {
    JsonLines.start(options.raw());
    int failures = 0;
    try (Peers peers = Peers.start(options.brokers())) {
      peers.skipped().forEach(System.err::println);
      for (int round = 1; round <= options.rounds(); round++) {
        for (Scenario scenario : options.scenarios()) {
          for (Endpoint endpoint : peers.of(scenario)) {
            failures += measure(options, round, scenario, endpoint);
          }
        }
      }
    }
    return failures;
  }

  private static int measure(Options options, int round, Scenario scenario, Endpoint endpoint)
      throws IOException {
    int failures = 0;
    for (ClientSubject subject : Turns.of(options.subjects(), round)) {
      if (subject.supports(scenario) && endpoint.isFor(subject.kind())) {
        failures += measure(options, round, scenario, subject, endpoint) ? 0 : 1;
      }
    }
    return failures;
  }

  private static boolean measure(
      Options options, int round, Scenario scenario, ClientSubject subject, Endpoint endpoint)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(scenario.name(), subject.name(), "" + round));
    arguments.addAll(List.of("" + options.seconds(), endpoint.kind(), "" + endpoint.port()));
    arguments.addAll(List.of(endpoint.trust(), "" + endpoint.pid()));
    try (ChildJvm jvm = ChildJvm.start(MeasuredClientMain.class, arguments)) {
      jvm.limit(LIMIT_SECONDS);
      Optional<String> line = jvm.line("{");
      if (line.isEmpty()) {
        System.err.println(scenario.name() + " " + subject.name() + " failed");
        return false;
      }
      Sample sample = RESULTS.parse(line.get());
      RESULTS.append(options.raw(), sample);
      System.out.printf(
          "%d %-9s %-18s %-17s %8.0f ns CPU %8.0f ns wall %8.0f octets%n",
          round,
          endpoint.kind(),
          scenario.name(),
          subject.name(),
          sample.cpuNanos(),
          sample.wallNanos(),
          sample.allocated());
      return true;
    }
  }
}
