package io.stompbox.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param feature the number of its version, such as 17
 */
record Jdk(Path home, int feature) {
  /** Where packages of Linux put them. */
  static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d{1,4})");

  /** The first with virtual threads that are no preview. */
  private static final int VIRTUAL_THREADS = 21;

  /** Returns the one that runs this. */
  static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * Returns the one of that home.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Jdk named(Path home) {
    return at(home)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--jdk must be the home of a JDK, with bin/java and a file release that tells"
                        + " its JAVA_VERSION, and not "
                        + home));
  }

  /** Returns those whose homes are in a folder. */
  static List<Jdk> in(Path folder) {
    try (Stream<Path> homes = Files.list(folder)) {
      return homes.sorted().flatMap(home -> at(home).stream()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Jdk> at(Path home) {
    Jdk any = new Jdk(home, 0);
    if (!Files.isExecutable(any.java())) {
      return Optional.empty();
    }
    try {
      Matcher found = VERSION.matcher(Files.readString(home.resolve("release")));
      return found.find()
          ? Optional.of(new Jdk(home, Integer.parseInt(found.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Path java() {
    return home.resolve(Path.of("bin", "java"));
  }

  boolean hasVirtualThreads() {
    return feature >= VIRTUAL_THREADS;
  }

  @Override
  public String toString() {
    return "JDK " + feature + " in " + home;
  }
}
