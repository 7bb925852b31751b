package io.stompbox.cli.demo;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.Terminal;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a demo while it happens, a numbered line for each thing that was seen, and remembers what
 * was. Safe to share between threads.
 */
final class DemoStory {
  private static final String CLEAR_LINE = "\r\u001B[K";
  private static final long BETWEEN_PROGRESS_NANOS = 100_000_000;

  private final Output output;
  private final @Nullable PrintStream progress;
  private final long start = System.nanoTime();

  /** Guarded by this. */
  private final Set<DemoStep> seen = EnumSet.noneOf(DemoStep.class);

  /** Guarded by this. */
  private int lines;

  /** Whether the cursor stands behind a progress line. Guarded by this. */
  private boolean isMidLine;

  /** When the progress was shown last, in nanoTime. Guarded by this. */
  private long lastProgress = start;

  /** Why nobody reads any more. Guarded by this. */
  private @Nullable Failure broken;

  DemoStory(Environment environment) {
    this.output = new Output(environment.out());
    Terminal terminal = environment.terminal();
    boolean isWatched = terminal.has(Terminal.Stream.OUTPUT) && terminal.has(Terminal.Stream.ERROR);
    this.progress = isWatched ? environment.err() : null;
  }

  /** Something was seen; {@code details} are a format for the values. */
  synchronized void seen(DemoStep step, String details, Object... values) {
    seen.add(step);
    tell(step.title(), details, values);
  }

  /** Nobody else tells anything meanwhile, such as what follows from what {@code steps} do. */
  synchronized void alone(Runnable steps) {
    steps.run();
  }

  /** Something worth telling that is not a step by itself. */
  synchronized void tell(String title, String details, Object... values) {
    lines++;
    double seconds = (System.nanoTime() - start) / 1e9;
    line("%2d  %6.2f s  %-16s %s", lines, seconds, title, format(details, values));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  /** Writes a line without a number. */
  synchronized void line(String text, Object... values) {
    if (isMidLine && progress != null) {
      progress.print(CLEAR_LINE);
      progress.flush();
      isMidLine = false;
    }
    if (broken == null) {
      try {
        output.line(format(text, values).stripTrailing());
      } catch (Failure e) {
        // Also threads of the client tell, and they must go on.
        broken = e;
      }
    }
  }

  /** Shows where things stand, if a person looks on, a few times a second. */
  synchronized void progress(Supplier<String> text) {
    long now = System.nanoTime();
    if (progress != null && broken == null && now - lastProgress > BETWEEN_PROGRESS_NANOS) {
      progress.print(CLEAR_LINE + text.get());
      progress.flush();
      isMidLine = true;
      lastProgress = now;
    }
  }

  synchronized Set<DemoStep> seen() {
    return EnumSet.copyOf(seen);
  }

  /** Throws if nobody reads any more. */
  synchronized void checkReader() {
    if (broken != null) {
      throw broken;
    }
  }
}
