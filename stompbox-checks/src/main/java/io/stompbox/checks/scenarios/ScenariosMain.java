package io.stompbox.checks.scenarios;

import io.stompbox.testkit.script.BrokerScript;
import io.stompbox.testkit.script.DirectedFault;
import io.stompbox.testkit.script.ScriptException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the scenarios in the folders that are its arguments, and in the folders below them: all
 * files that end with {@code .scenario}, in the order of their names.
 *
 * <p>Prints each failure with file and line, and as the last line {@code N passed, N failed}. A
 * file that can't be read counts as failed. The exit code is 0 if at least one scenario ran and
 * none failed, 1 if one failed or none ran, and 2 if there is no folder or one can't be read.
 */
public final class ScenariosMain {
  private static final String EXTENSION = ".scenario";
  private static final int ALL_PASSED = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private ScenariosMain() {}

  /** Ends the JVM with the exit code. */
  public static void main(String[] folders) {
    System.exit(run(List.of(folders), System.out, System.err));
  }

  /** Runs the scenarios in folders; returns the exit code. */
  public static int run(List<String> folders, PrintStream out, PrintStream err) {
    if (folders.isEmpty()) {
      err.println("no folder with scenarios is given; name one or more");
      return USAGE;
    }
    List<Path> files = new ArrayList<>();
    for (String folder : folders) {
      try {
        files.addAll(files(Path.of(folder)));
      } catch (IOException e) {
        err.println("the folder " + folder + " can't be read: " + e);
        return USAGE;
      }
    }
    return run(files, out);
  }

  /** How all statements of brokers, of clients, and all faults are written. */
  public static List<String> statements() {
    return Stream.of(BrokerScript.usages(), DirectedFault.usages(), ClientStatements.TABLE.usages())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** Returns the scenarios in a folder and below; a file stands for itself. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.equals(folder) || file.toString().endsWith(EXTENSION))
          .sorted()
          .toList();
    }
  }

  private static int run(List<Path> files, PrintStream out) {
    int failed = 0;
    for (Path file : files) {
      List<String> failures = failures(file);
      failed += failures.isEmpty() ? 0 : 1;
      failures.forEach(failure -> out.println("FAILED " + failure));
    }
    int passed = files.size() - failed;
    out.println(passed + " passed, " + failed + " failed");
    return failed == 0 && passed > 0 ? ALL_PASSED : FAILED;
  }

  /** Returns what is wrong with a scenario; nothing if it passes. */
  static List<String> failures(Path file) {
    try {
      return ScenarioRun.failures(Scenario.read(file));
    } catch (ScriptException e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return List.of(file + ": can't be read: " + e);
    }
  }
}
