package io.stompbox.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.SafeFolder;
import io.stompbox.cli.process.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The folder that a run is written into. */
final class RunFiles {
  static final String RUN = "run.json";
  static final String LATENCY = "latency.hgrm";
  static final String REPORT = "report.html";

  private static final double NANOS_IN_MICRO = 1000;

  private final Path folder;

  /**
   * Makes the folder, before there is something to lose.
   *
   * @throws Failure if it can't be
   */
  RunFiles(Path folder) {
    this.folder = folder;
    try {
      SafeFolder.ensure(folder);
    } catch (IOException e) {
      throw Failure.usage("cannot make the folder " + folder + ": " + Failure.reasonOf(e));
    }
  }

  /**
   * Writes what remains of a run.
   *
   * @throws Failure if it can't be written
   */
  void write(RunRecord run, Histogram latency) {
    write(folder.resolve(RUN), RunJson.write(run) + "\n");
    if (run.latency() != null) {
      write(folder.resolve(LATENCY), percentiles(latency));
    }
    write(folder.resolve(REPORT), RunReport.of(run).html());
  }

  static void write(Path file, String text) {
    try {
      WholeFile.write(file, text);
    } catch (NoSuchFileException e) {
      throw Failure.usage(
          "cannot write " + file + ": there is no folder " + file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new Failure(
          ExitCode.UNEXPECTED, "cannot write " + file + ": " + Failure.reasonOf(e), List.of(), e);
    }
  }

  /** In the text format of HdrHistogram, in microseconds. */
  private static String percentiles(Histogram latency) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(text, false, UTF_8)) {
      latency.outputPercentileDistribution(stream, NANOS_IN_MICRO);
    }
    return text.toString(UTF_8);
  }

  Path report() {
    return folder.resolve(REPORT);
  }
}
