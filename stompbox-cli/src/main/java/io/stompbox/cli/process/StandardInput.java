package io.stompbox.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Standard input, which may be closed: then the JVM's first file has its number. */
final class StandardInput {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private StandardInput() {}

  /** Returns the octets, of which there are none if it is closed. */
  static InputStream ofProcess() {
    return isClosed(DESCRIPTORS) ? InputStream.nullInputStream() : System.in;
  }

  /**
   * Whether number 0 is a file that the JVM has opened for itself, which opens each once.
   *
   * @param descriptors a folder with a link for each; where there is none, nothing is known
   */
  static boolean isClosed(Path descriptors) {
    Path input = descriptors.resolve("0");
    try {
      if (!Files.isDirectory(descriptors)) {
        return false;
      }
      if (!Files.isSymbolicLink(input)) {
        return true;
      }
      Path target = Files.readSymbolicLink(input);
      return isOfTheJvm(target) && !isElsewhere(target, descriptors);
    } catch (IOException | UnsupportedOperationException | InvalidPathException notKnown) {
      return false;
    }
  }

  private static boolean isOfTheJvm(Path file) throws IOException {
    Path libraries = Path.of(System.getProperty("java.home", "/no/java"), "lib");
    Path program = Path.of(System.getProperty("java.class.path", "/no/program"));
    return file.equals(libraries.resolve("modules"))
        || file.equals(libraries.resolve("server").resolve("classes.jsa"))
        || (Files.isRegularFile(program) && file.equals(program.toRealPath()));
  }

  /** Somebody who gives us such a file does not keep the JVM from opening it as well. */
  private static boolean isElsewhere(Path target, Path descriptors) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path each : all) {
        boolean isInput = String.valueOf(each.getFileName()).equals("0");
        if (!isInput && Files.isSymbolicLink(each) && Files.readSymbolicLink(each).equals(target)) {
          return true;
        }
      }
      return false;
    }
  }
}
