package io.stompbox.cli.process;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which standard streams are a terminal, and the one way to ask its user for a secret.
 *
 * @param streams those that a person looks at or types into
 * @param secrets asks with a prompt, without an echo; empty if there is nobody to ask, and a {@link
 *     Failure} if whoever is asked ends the input
 * @param width asks how many columns there are; empty if that can't be told
 */
public record Terminal(
    Set<Stream> streams, Function<String, Optional<String>> secrets, Supplier<OptionalInt> width) {
  private static final int SECONDS_TO_ANSWER = 1;
  private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{0,3})\\s*");

  /** The standard streams. */
  public enum Stream {
    INPUT(0),
    OUTPUT(1),
    ERROR(2);

    private final int descriptor;

    Stream(int descriptor) {
      this.descriptor = descriptor;
    }
  }

  public boolean has(Stream stream) {
    return streams.contains(stream);
  }

  /** Returns it as if nobody looked at one of the streams. */
  Terminal without(Stream stream) {
    Set<Stream> others = EnumSet.noneOf(Stream.class);
    others.addAll(streams);
    others.remove(stream);
    return new Terminal(others, secrets, width);
  }

  public static Terminal ofProcess() {
    Set<Stream> streams = EnumSet.noneOf(Stream.class);
    for (Stream stream : Stream.values()) {
      if (isTerminal(stream)) {
        streams.add(stream);
      }
    }
    return new Terminal(streams, Terminal::askConsole, Terminal::askStty);
  }

  /** Java tells only whether input and output both are a terminal, so Linux is asked first. */
  private static boolean isTerminal(Stream stream) {
    try {
      String target =
          Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream.descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return console().isPresent();
    }
  }

  /** From JDK 22 on there always is a console, and it knows whether it is a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<Console> console() {
    Console console = System.console();
    if (console == null) {
      return Optional.empty();
    }
    try {
      boolean isTerminal = (Boolean) Console.class.getMethod("isTerminal").invoke(console);
      return isTerminal ? Optional.of(console) : Optional.empty();
    } catch (ReflectiveOperationException beforeJdk22) {
      return Optional.of(console);
    }
  }

  private static Optional<String> askConsole(String prompt) {
    return console().map(console -> typed(console.readPassword("%s", prompt)));
  }

  private static String typed(char @Nullable [] password) {
    if (password == null) {
      throw Failure.usage("the input ended before a password was typed");
    }
    return new String(password);
  }

  /** Java can't tell, and the variable COLUMNS is for shells only unless somebody exports it. */
  private static OptionalInt askStty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream answer = stty.getInputStream()) {
        if (!stty.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
          return OptionalInt.empty();
        }
        Matcher size = SIZE.matcher(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        return size.matches()
            ? OptionalInt.of(Integer.parseInt(size.group(1)))
            : OptionalInt.empty();
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException noTerminal) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }
}
