package io.stompbox.cli.message;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Nearest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The programs that can be run by their name alone.
 *
 * @param folders where they are, the first that has one counts
 */
record Programs(List<Path> folders) {
  /** Where the C library looks if nothing else is said. */
  private static final String USUAL_PATH = "/bin:/usr/bin";

  /** Returns those of this process, which are those that it can start. */
  static Programs ofProcess() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), USUAL_PATH);
    return new Programs(
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(path)
            .map(Path::of)
            .toList());
  }

  /**
   * Refuses what can't be started, without starting it. Windows adds to names as it likes, so
   * nothing is refused there.
   *
   * @throws Failure if there is no such program
   */
  void check(String command) {
    if (File.separatorChar != '/') {
      return;
    }
    if (command.contains("/")) {
      checkFile(command);
    } else if (folders.stream().noneMatch(folder -> isProgram(folder.resolve(command)))) {
      List<String> near = Nearest.to(command, names());
      throw Failure.usage(
          "cannot run " + command + ": there is no such program in PATH",
          near.isEmpty()
              ? "write a program elsewhere with its folder, such as ./" + command
              : "did you mean " + String.join(" or ", near) + "?");
    }
  }

  private static void checkFile(String command) {
    Path file = Path.of(command);
    if (!Files.isRegularFile(file)) {
      throw Failure.usage("cannot run " + command + ": there is no such file");
    }
    if (!Files.isExecutable(file)) {
      throw Failure.usage(
          "cannot run " + command + ": it may not be executed", "try: chmod +x " + command);
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private List<String> names() {
    return folders.stream()
        .map(folder -> folder.toFile().list())
        .filter(Objects::nonNull)
        .flatMap(Arrays::stream)
        .distinct()
        .toList();
  }
}
