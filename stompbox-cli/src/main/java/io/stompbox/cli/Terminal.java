package io.stompbox.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which standard streams are a terminal, and the one way to ask its user for a secret.
 *
 * @param streams those that a person looks at or types into
 * @param secrets asks with a prompt, without an echo; empty if there is nobody to ask
 */
record Terminal(Set<Stream> streams, Function<String, Optional<String>> secrets) {
  /** The standard streams, in the order of their file descriptors. */
  enum Stream {
    INPUT,
    OUTPUT,
    ERROR
  }

  boolean has(Stream stream) {
    return streams.contains(stream);
  }

  static Terminal ofProcess() {
    Set<Stream> streams = EnumSet.noneOf(Stream.class);
    for (Stream stream : Stream.values()) {
      if (isTerminal(stream)) {
        streams.add(stream);
      }
    }
    return new Terminal(streams, Terminal::askConsole);
  }

  /** Java tells only whether input and output both are a terminal, so Linux is asked first. */
  private static boolean isTerminal(Stream stream) {
    try {
      String target =
          Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream.ordinal())).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return hasConsole();
    }
  }

  /** From JDK 22 on there always is a console, which then knows whether it is a terminal. */
  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException beforeJdk22) {
      return true;
    }
  }

  private static Optional<String> askConsole(String prompt) {
    if (!hasConsole()) {
      return Optional.empty();
    }
    char[] secret = System.console().readPassword("%s", prompt);
    return Optional.ofNullable(secret).map(String::new);
  }
}
