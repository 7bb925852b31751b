package io.stompbox.checks.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the rules look at: Stompbox's classes without the tests, and the sources of all modules. */
final class Production {
  /** Every class below io.stompbox that the checks have on their class path. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.stompbox");

  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  private Production() {}

  /** Returns the source files of all modules, tests left out. */
  static List<Path> mainSources() {
    return sources(MAIN);
  }

  /** Returns the test sources of all modules. */
  static List<Path> testSources() {
    return sources(TEST);
  }

  /** Returns the packages of all modules that have a source file, tests left out. */
  static SortedSet<String> packages() {
    return mainSources().stream()
        .filter(source -> !source.endsWith("module-info.java"))
        .map(Production::packageOf)
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the package of a source file, from its folder. */
  static String packageOf(Path source) {
    Path folder = source.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("a source file is in no folder: " + source);
    }
    String path = folder.toString().replace('\\', '/');
    return path.substring(path.indexOf("/java/") + "/java/".length()).replace('/', '.');
  }

  /** Returns what is in a source file. */
  static String text(Path source) {
    try {
      return Files.readString(source, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources(Path kind) {
    try (Stream<Path> modules = Files.list(root())) {
      return modules
          .map(module -> module.resolve(kind))
          .filter(Files::isDirectory)
          .flatMap(Production::javaFiles)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Maven starts tests in the module's folder, development environments often in the root. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("stompbox-protocol"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no folder above has stompbox-protocol: " + Path.of(""));
    }
    return folder;
  }
}
