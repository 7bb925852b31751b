package io.stompbox.cli.process;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command sees of the world around it.
 *
 * @param in standard input
 * @param out standard output, for data only. It throws when nobody reads any more, as {@code
 *     System.out} does not
 * @param err standard error, for everything else
 * @param variables the environment variables
 * @param terminal which of the streams are a terminal
 * @param manner how to talk to people
 */
public record Environment(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> variables,
    Terminal terminal,
    Manner manner) {
  private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,3}");

  /** Creates one that talks as usual. */
  public Environment(
      InputStream in,
      OutputStream out,
      PrintStream err,
      Map<String, String> variables,
      Terminal terminal) {
    this(in, out, err, variables, terminal, new Manner());
  }

  public static Environment ofProcess() {
    return new Environment(
        StandardInput.ofProcess(),
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        System.err,
        System.getenv(),
        Terminal.ofProcess());
  }

  /** The terminal as far as it may be written to: nobody looks at the errors of a quiet command. */
  @Override
  public Terminal terminal() {
    return manner.isQuiet() ? terminal.without(Terminal.Stream.ERROR) : terminal;
  }

  /** Tells the user something on standard error, unless that is to be quiet. */
  public void tell(String line) {
    say("stompbox: " + line);
  }

  /**
   * As {@link #tell}, and a quiet command says it as well: nothing else tells why its exit code is
   * what it is, or that something is dangerous.
   */
  public void insist(String line) {
    err.println(Printable.line("stompbox: " + line));
  }

  /** As {@link #tell}, without the name of the command. */
  public void say(String line) {
    if (!manner.isQuiet()) {
      err.println(Printable.line(line));
    }
  }

  /** Whether text on this stream may have colours. */
  public boolean isColoured(Terminal.Stream stream) {
    return switch (manner.colours()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal().has(stream)
              && variables.getOrDefault("NO_COLOR", "").isEmpty()
              && !variables.getOrDefault("TERM", "").equals("dumb");
    };
  }

  /**
   * How many columns a text for people has: as many as COLUMNS says, else as the terminal that
   * shows it has; empty if nothing tells.
   */
  public OptionalInt columns() {
    Matcher given = COLUMNS.matcher(variables.getOrDefault("COLUMNS", ""));
    if (given.matches()) {
      return OptionalInt.of(Integer.parseInt(given.group()));
    }
    Terminal shown = terminal();
    return shown.has(Terminal.Stream.OUTPUT) || shown.has(Terminal.Stream.ERROR)
        ? shown.width().get()
        : OptionalInt.empty();
  }
}
