package io.stompbox.checks.coverage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The test classes that exist, known by their source files.
 *
 * <p>Sources and not classes, because the tests of other modules are not on the class path here.
 *
 * @param textsByClass the source texts of each simple class name; several modules may share a name
 */
record TestSources(Map<String, List<String>> textsByClass) {

  /** Reads {@code src/test/java} of every module below the root of the repository. */
  static TestSources under(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(root, "stompbox-*")) {
      for (Path module : modules) {
        files.addAll(javaFiles(module.resolve("src/test/java")));
      }
    }
    return new TestSources(
        files.stream()
            .collect(groupingBy(TestSources::className, mapping(TestSources::text, toList()))));
  }

  boolean hasClass(String className) {
    return textsByClass.containsKey(className);
  }

  boolean hasMethod(String className, String method) {
    return textsByClass.getOrDefault(className, List.of()).stream()
        .anyMatch(text -> text.contains(" " + method + "("));
  }

  private static List<Path> javaFiles(Path tree) throws IOException {
    if (!Files.isDirectory(tree)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(tree)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
