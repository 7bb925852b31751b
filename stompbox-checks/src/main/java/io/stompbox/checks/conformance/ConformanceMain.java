package io.stompbox.checks.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the cases of the files that are its arguments.
 *
 * <p>Prints each failure, totals of each section, and as the last line {@code N passed, N failed}.
 * A line that can't be run counts as failed. The exit code is 0 if at least one case ran and none
 * failed, 1 if a case failed or none ran, and 2 if there is no file or one can't be read.
 */
public final class ConformanceMain {
  private static final int ALL_PASSED = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private ConformanceMain() {}

  /** Ends the JVM with the exit code. */
  public static void main(String[] files) {
    System.exit(run(List.of(files), System.out, System.err));
  }

  static int run(List<String> files, PrintStream out, PrintStream err) {
    if (files.isEmpty()) {
      err.println("no file of cases is given; name one or more, for example spec-cases.jsonl");
      return USAGE;
    }
    List<Line> lines = new ArrayList<>();
    for (String file : files) {
      try {
        lines.addAll(Suite.read(Path.of(file)));
      } catch (IOException e) {
        err.println("the file of cases " + file + " can't be read: " + reason(Path.of(file), e));
        return USAGE;
      }
    }
    return run(lines, out);
  }

  private static int run(List<Line> lines, PrintStream out) {
    Report report = new Report(out);
    lines.forEach(line -> report.add(Suite.run(line)));
    report.printTotals();
    Report.Total total = report.total();
    return total.failed() == 0 && total.passed() > 0 ? ALL_PASSED : FAILED;
  }

  private static String reason(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (Files.isDirectory(file)) {
      return "it is a directory";
    }
    return e instanceof MalformedInputException
        ? "it is not UTF-8"
        : String.valueOf(e.getMessage());
  }
}
