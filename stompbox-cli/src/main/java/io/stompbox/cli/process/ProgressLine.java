package io.stompbox.cli.process;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * One line on standard error that is written over while a command works, on a terminal only. For
 * one thread at a time.
 */
public final class ProgressLine {
  private static final String ERASE_TO_THE_END = "\u001b[K";

  private final Environment environment;
  private final boolean isShown;
  private final long every;
  private final long start = System.nanoTime();
  private long last = start;
  private boolean isOpen;

  /**
   * Creates one.
   *
   * @param everyMillis how long each text stands at least
   */
  public ProgressLine(Environment environment, long everyMillis) {
    this.environment = environment;
    this.isShown = environment.terminal().has(Terminal.Stream.ERROR);
    this.every = everyMillis * 1_000_000;
  }

  /** Shows a text, unless it is too early for another. */
  public void show(Supplier<String> text) {
    if (isShown && System.nanoTime() - last >= every) {
      write(text.get());
      last = System.nanoTime();
    }
  }

  /** Shows the last text, whose line stays. Does nothing if none was shown. */
  public void end(Supplier<String> text) {
    if (isOpen) {
      write(text.get());
      environment.err().println();
      isOpen = false;
    }
  }

  /** Whether there is a line that is written over. */
  public boolean isOpen() {
    return isOpen;
  }

  private void write(String text) {
    environment.err().print("\r" + text + ERASE_TO_THE_END);
    environment.err().flush();
    isOpen = true;
  }

  /** Writes how many of something there are in a second, such as {@code 182k msg/s}. */
  public static String rate(long messages, long nanos) {
    double rate = messages * 1e9 / Math.max(1, nanos);
    if (rate >= 10_000) {
      return String.format(Locale.ROOT, "%.0fk msg/s", rate / 1000);
    }
    return String.format(Locale.ROOT, rate < 10 ? "%.1f msg/s" : "%.0f msg/s", rate);
  }
}
