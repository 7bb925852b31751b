package io.stompbox.cli.shell;

import io.stompbox.cli.process.Interruption;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a person types, with history and completion. Ctrl-C cancels the line, or interrupts
 * the command that runs; Ctrl-D on an empty line is the end.
 */
final class Keyboard implements Lines {
  private static final int REMEMBERED = 1000;
  private static final Size USUAL_SIZE = Size.of(80, 24);

  private final LineReader reader;
  private final Supplier<String> prompt;

  /**
   * Creates one for the calling thread.
   *
   * @param prompt asked for anew whenever something is printed
   * @param history where lines are kept between uses; empty keeps none
   */
  Keyboard(
      Terminal terminal, Supplier<String> prompt, Completer completer, Optional<Path> history) {
    this.prompt = prompt;
    DefaultParser words = new DefaultParser();
    // What is typed is not for another shell: quotes and backslashes are part of it.
    words.setQuoteChars(null);
    words.setEscapeChars(null);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("stompbox")
            .completer(completer)
            .parser(words)
            .history(new TypedLines())
            .variable(LineReader.HISTORY_SIZE, REMEMBERED)
            .variable(LineReader.HISTORY_FILE_SIZE, REMEMBERED)
            .option(Option.DISABLE_EVENT_EXPANSION, true);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    this.reader = builder.build();
    Thread worker = Thread.currentThread();
    terminal.handle(Signal.INT, signal -> worker.interrupt());
  }

  /**
   * Opens the terminal of the process.
   *
   * @throws IOException if there is none
   */
  static Terminal openTerminal() throws IOException {
    Terminal terminal =
        TerminalBuilder.builder()
            .name("stompbox")
            .system(true)
            .systemOutput(SystemOutput.SysOutOrSysErr)
            .build();
    if (terminal.getColumns() == 0) {
      // Programs that make terminals may leave that open, and no line fits into nothing.
      terminal.setSize(USUAL_SIZE);
    }
    return terminal;
  }

  /** Prints above the line that is being typed, with the prompt as it is then. */
  void printAbove(String text) {
    if (reader instanceof LineReaderImpl editor) {
      editor.setPrompt(prompt.get());
    }
    reader.printAbove(text);
  }

  @Override
  public @Nullable String next() throws InterruptedException {
    try {
      return reader.readLine(prompt.get());
    } catch (UserInterruptException e) {
      checkThatItGoesOn();
      return "";
    } catch (EndOfFileException e) {
      return null;
    } catch (IllegalStateException | IOError e) {
      // Where the process ends, the terminal may be closed already.
      checkThatItGoesOn();
      throw e;
    }
  }

  private static void checkThatItGoesOn() throws InterruptedException {
    if (Interruption.isEnding()) {
      // Or there would be no time for the farewell.
      boolean unused = Thread.interrupted();
      throw new InterruptedException("the process ends");
    }
  }

  @Override
  public String place() {
    return "";
  }

  @Override
  public boolean survivesInterrupts() {
    return !Interruption.isEnding();
  }
}
