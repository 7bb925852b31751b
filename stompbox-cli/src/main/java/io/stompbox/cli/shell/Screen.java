package io.stompbox.cli.shell;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.Printable;
import io.stompbox.cli.process.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where text goes: messages and answers to standard output, everything else to standard error, or
 * above the line that is being edited. Safe to share between threads.
 */
final class Screen {
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final Environment environment;
  private final Output output;
  private final boolean isColoured;

  /** Prints above the line that is being edited; null while there is none. */
  private volatile @Nullable Consumer<String> above;

  Screen(Environment environment) {
    this.environment = environment;
    this.output = new Output(environment.out());
    this.isColoured = environment.isColoured(Terminal.Stream.ERROR);
  }

  /** From now on, what a person looks at is printed by {@code printer}; null ends that. */
  void above(@Nullable Consumer<String> printer) {
    this.above = printer;
  }

  /** The same surroundings, but for standard error, whose lines are printed above as well. */
  Environment environment() {
    return new Environment(
        environment.in(),
        environment.out(),
        new PrintStream(new LineStream(this::told), true, StandardCharsets.UTF_8),
        environment.variables(),
        environment.terminal());
  }

  /** Shows what was asked for. Throws {@link Failure} if standard output can't be written to. */
  void show(String text) {
    Consumer<String> printer = above;
    if (printer != null && environment.terminal().has(Terminal.Stream.OUTPUT)) {
      printer.accept(Printable.text(text));
      return;
    }
    boolean isSeen = environment.terminal().has(Terminal.Stream.OUTPUT);
    write((isSeen ? Printable.text(text) : text).getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void write(byte[] octets) {
    output.line(octets);
  }

  /** Tells what happened. */
  void tell(String line) {
    told(Printable.text(line));
  }

  /** Tells what could not be done, and what to do about it. */
  void tell(Failure failure, String place) {
    String sentence = Printable.line(place + failure.getMessage());
    told(isColoured ? RED + sentence + PLAIN : sentence);
    failure.advice().forEach(line -> told("  " + Printable.line(line)));
  }

  private void told(String line) {
    Consumer<String> printer = above;
    if (printer != null) {
      printer.accept(line);
    } else {
      environment.err().println(line);
    }
  }
}
