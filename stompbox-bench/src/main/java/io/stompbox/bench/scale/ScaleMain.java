package io.stompbox.bench.scale;

import io.stompbox.bench.report.JsonLines;
import io.stompbox.bench.report.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures how cost grows: for each run an eighth, a quarter, a half and all of its number, each in
 * a JVM of its own, beside a peer in another. Prints the figures, and writes them as lines of JSON.
 */
public final class ScaleMain {
  private static final String HELP =
      """
      usage: ./check scale [OPTION...]

        --only NAME,...   some of: connections, connections-spread, connections-17, subscriptions,
                          flood
        --rounds COUNT    how often each is measured; 1 unless given
        --divisor COUNT   all numbers divided by that, for a quick look; 1 unless given
        --jdk HOME        the JDK with virtual threads; that which runs this unless given
        --json FILE       where the figures go; target/scale.jsonl unless given
      """;

  private static final String READY = "ready ";
  private static final long[] PARTS = {8, 4, 2, 1};

  private final List<ScaleRun> runs = new ArrayList<>(List.of(ScaleRun.values()));
  private Path newest = Path.of(System.getProperty("java.home"));
  private Path json = Path.of("target", "scale.jsonl");
  private int rounds = 1;
  private long divisor = 1;

  private ScaleMain(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i += 2) {
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(arguments.get(i) + " needs a value");
      }
      set(arguments.get(i), arguments.get(i + 1));
    }
  }

  private void set(String option, String value) {
    switch (option) {
      case "--only" -> runs.removeIf(run -> !List.of(value.split(",")).contains(run.title()));
      case "--rounds" -> rounds = Integer.parseInt(value);
      case "--divisor" -> divisor = Long.parseLong(value);
      case "--jdk" -> newest = Path.of(value);
      case "--json" -> json = Path.of(value);
      default -> throw new IllegalArgumentException("there is no option " + option);
    }
  }

  /** Exits with 1 if a measurement failed, 2 for a wrong option. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0 && arguments[0].matches("help|-h|--help")) {
      System.out.print(HELP);
      return;
    }
    ScaleMain main;
    try {
      main = new ScaleMain(Arrays.asList(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("scale: " + e.getMessage() + "; './check scale help' lists all");
      System.exit(2);
      return;
    }
    System.exit(main.measureAll() ? 0 : 1);
  }

  private boolean measureAll() throws IOException, InterruptedException {
    JsonLines.start(json);
    System.out.printf(Locale.ROOT, "# %s, load %.1f%n", Machine.describe(), Machine.load());
    boolean isGood = true;
    for (ScaleRun run : runs) {
      for (long part : PARTS) {
        for (int round = 1; round <= rounds; round++) {
          isGood &= measure(run, run.most() / divisor / part, round);
        }
      }
    }
    return isGood;
  }

  private boolean measure(ScaleRun run, long n, int round)
      throws IOException, InterruptedException {
    Path here = Path.of(System.getProperty("java.home"));
    Process peer = start(here, List.of("-Xmx1g"), ScalePeer.class, List.of());
    try (BufferedReader ready = output(peer)) {
      String port = ready.readLine().substring(READY.length());
      Path jdk = run.jdk() == ScaleRun.Jdk.NEWEST ? newest : here;
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

  private static Process start(Path jdk, List<String> options, Class<?> main, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve(Path.of("bin", "java")).toString());
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
