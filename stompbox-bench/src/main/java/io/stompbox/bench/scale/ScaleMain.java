package io.stompbox.bench.scale;

import io.stompbox.bench.report.Argument;
import io.stompbox.bench.report.BenchmarksDocument;
import io.stompbox.bench.report.JsonLines;
import io.stompbox.bench.report.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures how cost grows: each run with some numbers, each ten times the one before, in a JVM of
 * its own, beside a peer in another. Prints the figures, and writes them as lines of JSON, as
 * tables and as a page of charts.
 */
public final class ScaleMain {
  private static final String HELP =
      """
      usage: ./check scale [OPTION...]

        --only NAME,...   some of: connections, connections-spread, connections-17, subscriptions,
                          flood, body, body-echo
        --rounds COUNT    how often each is measured; 1 unless given
        --divisor COUNT   all numbers divided by that, for a quick look; 1 unless given
        --jdk HOME        the JDK to measure on, with virtual threads for most connections; the newest
                          of that which runs this and those in /usr/lib/jvm unless given
        --json FILE       where the figures go; target/scale.jsonl unless given
        --html FILE       the page with the curves; target/scale.html unless given
        --report FILE     the document whose tables are written anew; docs/scale.md if everything is
                          measured, else none
        --measure no      make the reports from the figures that are there

      Runs whose JDK is not there are left out: connections and connections-spread need virtual
      threads, connections-17 needs JDK 17, which may be that which runs this.
      """;

  private static final String READY = "ready ";

  /** Of the document. */
  private static final String PART = "scale";

  private static final Path DOCUMENT = Path.of("docs", "scale.md");

  private final List<ScaleRun> runs = new ArrayList<>(List.of(ScaleRun.values()));
  private @Nullable Path named;
  private Path json = Path.of("target", "scale.jsonl");
  private Path html = Path.of("target", "scale.html");
  private @Nullable Path report;

  /** Whether the document may have the figures without being asked for. */
  private boolean isWhole;

  private Jdks jdks = Jdks.of(Jdk.running(), Optional.empty(), List.of());
  private boolean measures = true;
  private int rounds = 1;
  private long divisor = 1;

  ScaleMain(List<String> arguments) {
    isWhole = !arguments.contains("--only") && !arguments.contains("--divisor");
    for (int i = 0; i < arguments.size(); i += 2) {
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(arguments.get(i) + " needs a value");
      }
      set(new Argument(arguments.get(i), arguments.get(i + 1)));
    }
  }

  private void set(Argument option) {
    switch (option.name()) {
      case "--only" -> runs.retainAll(option.names().stream().map(ScaleRun::named).toList());
      case "--rounds" -> rounds = option.count();
      case "--divisor" -> divisor = option.count();
      case "--jdk" -> named = option.file();
      case "--json" -> json = option.file();
      case "--html" -> html = option.file();
      case "--report" -> report = option.file();
      case "--measure" -> measures = option.isYes();
      default -> throw new IllegalArgumentException("there is no option " + option.name());
    }
  }

  /** Exits with 1 if a measurement failed, 2 for a wrong option. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (Argument.askForHelp(List.of(arguments))) {
      System.out.print(HELP);
      return;
    }
    ScaleMain main;
    try {
      main = new ScaleMain(Arrays.asList(arguments));
      main.check();
    } catch (IllegalArgumentException e) {
      System.err.println("scale: " + e.getMessage() + "; './check scale help' lists all");
      System.exit(2);
      return;
    }
    System.exit(main.run() ? 0 : 1);
  }

  /** Before time goes into figures that can't be kept. */
  void check() throws IOException {
    Optional<Jdk> newest = Optional.ofNullable(named).map(Jdk::named);
    jdks = Jdks.of(Jdk.running(), newest, Jdk.in(Jdk.INSTALLED));
    if (measures) {
      isWhole &= runs.stream().allMatch(run -> jdks.suiting(run.needs()).isPresent());
    }
    if (report == null && isWhole) {
      report = DOCUMENT;
    }
    if (report != null) {
      BenchmarksDocument.check(report, PART);
    }
    JsonLines.makeFolderOf(html);
    refuseFolder("--html", html);
    refuseFolder("--json", json);
    if (!measures) {
      JsonLines.check(json);
    }
  }

  private static void refuseFolder(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          option + " is a folder, and must be a file: " + file.toAbsolutePath());
    }
  }

  private boolean run() throws IOException, InterruptedException {
    boolean isGood = !measures || measureAll();
    ScaleReport found = new ScaleReport(new JsonLines<>(Point.class).read(json));
    Files.writeString(html, found.page().html());
    if (report != null) {
      BenchmarksDocument.replace(report, PART, found.markdown());
    }
    System.out.println("curves: " + html + ", figures: " + json);
    return isGood;
  }

  private boolean measureAll() throws IOException, InterruptedException {
    JsonLines.start(json);
    System.out.printf(Locale.ROOT, "# %s, load %.1f%n", Machine.describe(), Machine.load());
    boolean isGood = true;
    for (ScaleRun run : runs) {
      Optional<Jdk> jdk = jdks.suiting(run.needs());
      System.out.printf(
          "# %s: %s%n",
          run.title(), jdk.map(Jdk::toString).orElse("left out, " + jdks.lack(run.needs())));
      if (jdk.isPresent()) {
        isGood &= measure(run, jdk.get());
      }
    }
    return isGood;
  }

  private boolean measure(ScaleRun run, Jdk jdk) throws IOException, InterruptedException {
    boolean isGood = true;
    for (long number : run.numbers(divisor)) {
      for (int round = 1; round <= rounds; round++) {
        isGood &= measure(run, jdk, number, round);
      }
    }
    return isGood;
  }

  private boolean measure(ScaleRun run, Jdk jdk, long n, int round)
      throws IOException, InterruptedException {
    Process peer = start(Jdk.running(), List.of("-Xmx1g"), ScalePeer.class, List.of());
    try (BufferedReader ready = output(peer)) {
      String port = ready.readLine().substring(READY.length());
      Process measured =
          start(
              jdk,
              List.of("-Xmx" + run.heap()),
              MeasuredScaleMain.class,
              List.of(run.name(), "" + round, "" + n, port));
      try (BufferedReader figures = output(measured)) {
        readAll(figures);
      }
      return measured.waitFor() == 0;
    } finally {
      peer.destroyForcibly();
    }
  }

  private void readAll(BufferedReader figures) throws IOException {
    JsonLines<Point> lines = new JsonLines<>(Point.class);
    for (@Nullable String line = figures.readLine(); line != null; line = figures.readLine()) {
      if (line.startsWith(Measuring.POINT)) {
        Point point = lines.parse(line);
        lines.append(json, point);
        System.out.printf(
            Locale.ROOT,
            "%-15s JDK %-8s n %,11d  %-55s %,14.2f %s%n",
            point.run(),
            point.jdk(),
            point.n(),
            point.figure(),
            point.value(),
            point.unit());
      }
    }
  }

  private static Process start(Jdk jdk, List<String> options, Class<?> main, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(more);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
