package io.stompbox.checks.secrets;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** Everything that is logged while it is open, at every level, and who lived then. */
public final class LogScan implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger("io.stompbox");

  private final Queue<String> texts = new ConcurrentLinkedQueue<>();
  private final Records records = new Records();

  private LogScan() {}

  /** Begins to listen. */
  public static LogScan start() {
    LogScan scan = new LogScan();
    LOGGER.setUseParentHandlers(false);
    LOGGER.setLevel(Level.ALL);
    LOGGER.addHandler(scan.records);
    return scan;
  }

  /** All that was logged, with stack traces, parameters, and the names of the threads. */
  public String text() {
    return String.join("\n", texts);
  }

  /** Returns what an exception shows of itself, its causes and what it has suppressed. */
  public static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  @Override
  public void close() {
    LOGGER.removeHandler(records);
    LOGGER.setUseParentHandlers(true);
    LOGGER.setLevel(null);
  }

  private final class Records extends Handler {
    @Override
    public void publish(LogRecord logged) {
      texts.add(
          new SimpleFormatter().format(logged)
              + Arrays.toString(logged.getParameters())
              + threads());
    }

    private static String threads() {
      return Thread.getAllStackTraces().keySet().stream()
          .map(Thread::getName)
          .collect(Collectors.joining(", "));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // There is nothing to give back.
    }
  }
}
