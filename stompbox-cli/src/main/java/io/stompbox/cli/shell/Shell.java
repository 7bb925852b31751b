package io.stompbox.cli.shell;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.shell.Verb.Value;
import io.stompbox.protocol.frame.StompException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Does what lines say, one after the other, on one thread. */
final class Shell {
  private static final int DEEPEST_RUN = 10;

  private final Screen screen;
  private final Ending ending;
  private final Verbs verbs;
  private boolean isLeft;
  private int commands;
  private int failures;
  private int depth;

  /**
   * Creates one.
   *
   * @param verbs its commands, but for those to run others, to leave and to get help
   * @param answers takes what help has to say
   */
  Shell(Screen screen, Ending ending, List<Verb> verbs, Consumer<String> answers) {
    this.screen = screen;
    this.ending = ending;
    Verb run =
        Verb.of("run <filename>", this::run, "Does what the lines of a file say.")
            .completing(Value.FILE);
    Verb quit =
        Verb.of(
                "quit",
                arguments -> isLeft = true,
                "Leaves the broker in good order, and ends.",
                "In a script this is its end: messages that are on their way are waited for.")
            .alias("exit", "EOF");
    this.verbs = new Verbs(Stream.concat(verbs.stream(), Stream.of(run, quit)).toList(), answers);
  }

  Verbs verbs() {
    return verbs;
  }

  /**
   * Does what the lines say, until they end, somebody quits, or something ends the shell.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void perform(Lines lines) throws InterruptedException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      perform(line.strip(), lines);
      if (isLeft || ending.reason().isPresent()) {
        return;
      }
    }
  }

  private void perform(String line, Lines lines) throws InterruptedException {
    if (line.isEmpty()) {
      return;
    }
    commands++;
    String name = line.split("\\s", 2)[0];
    try {
      Verb verb = verbs.get(name);
      verb.action().run(new Arguments(verb.usage(), line.substring(name.length())));
    } catch (StompException e) {
      failed(Failure.during(name, e), lines);
    } catch (InterruptedException | CancellationException e) {
      interrupted(lines);
    } catch (IllegalArgumentException e) {
      failed(Failure.misuse(e), lines);
    } catch (IllegalStateException e) {
      failed(Failure.usage(String.valueOf(e.getMessage())), lines);
    } catch (Failure e) {
      failed(e, lines);
    }
  }

  private void failed(Failure failure, Lines lines) {
    if (failure.code() == ExitCode.CLOSED_PIPE) {
      throw failure;
    }
    failures++;
    screen.tell(failure, lines.place());
  }

  private void interrupted(Lines lines) throws InterruptedException {
    // Some calls leave the mark of the interrupt, others take it.
    boolean unused = Thread.interrupted();
    if (!lines.survivesInterrupts()) {
      throw new InterruptedException("interrupted in " + lines.place());
    }
    failed(Failure.usage("Interrupted; what the broker has got of it is not known"), lines);
  }

  private void run(Arguments arguments) throws InterruptedException {
    NamedFile file = NamedFile.of(arguments.word());
    arguments.end();
    if (depth == DEEPEST_RUN) {
      throw Failure.usage(file + " is not run: files run each other " + DEEPEST_RUN + " deep");
    }
    depth++;
    try {
      file.read(stream -> perform(file.toString(), stream));
    } finally {
      depth--;
    }
  }

  private int perform(String name, InputStream stream) throws InterruptedException {
    perform(new Script(name, stream));
    return commands;
  }

  /** How many commands there were. */
  int commands() {
    return commands;
  }

  /** How many of them could not be done. */
  int failures() {
    return failures;
  }
}
