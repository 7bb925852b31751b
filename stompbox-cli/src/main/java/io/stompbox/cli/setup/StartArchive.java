package io.stompbox.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes a file from which Java takes classes that are parsed and checked already. It fits one jar
 * and one build of Java; Java looks at that itself and leaves alone what does not fit. Static
 * archives are needed, as the others leave out classes of picocli's age.
 *
 * @param jar what is run
 * @param file the archive
 */
record StartArchive(Path jar, Path file) {
  private static final long LIMIT_SECONDS = 120;

  /**
   * Makes it, in one step: whoever starts meanwhile has the old one or none.
   *
   * @throws IOException if it can't be made; the message says why
   */
  void make() throws IOException, InterruptedException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "parent");
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory(folder, ".archive");
    try {
      Path classes = work.resolve("classes");
      run(
          work,
          "-Xshare:auto",
          "-XX:DumpLoadedClassList=" + classes,
          "-jar",
          jar.toString(),
          "setup",
          "--train");
      addThoseOfJava(classes);
      Path archive = work.resolve("archive");
      run(
          work,
          "-Xshare:dump",
          "-XX:+UseG1GC", // the only collector that can write objects into it, and others read them
          "-XX:SharedClassListFile=" + classes,
          "-XX:SharedArchiveFile=" + archive,
          "-cp",
          jar.toString());
      Files.move(archive, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(work);
    }
  }

  /** What Java brings is in its own archive, which this one takes the place of. */
  private static void addThoseOfJava(Path classes) throws IOException {
    Path ofJava = Path.of(System.getProperty("java.home"), "lib", "classlist");
    if (Files.isReadable(ofJava)) {
      Set<String> lines = new LinkedHashSet<>(Files.readAllLines(ofJava));
      lines.addAll(Files.readAllLines(classes));
      Files.write(classes, lines);
    }
  }

  private static void run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("Java took longer than " + LIMIT_SECONDS + " s");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      List<String> lines = Files.readAllLines(log);
      String last = lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1);
      throw new IOException("Java ended with " + process.exitValue() + last);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path one : files.toList()) {
        Files.deleteIfExists(one);
      }
    }
    Files.deleteIfExists(folder);
  }
}
