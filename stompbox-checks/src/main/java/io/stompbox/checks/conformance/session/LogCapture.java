package io.stompbox.checks.conformance.session;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that Stompbox logs while it is open, at every level. */
public final class LogCapture implements AutoCloseable {
  private static final Logger STOMPBOX = Logger.getLogger("io.stompbox");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Level before = STOMPBOX.getLevel();
  private final boolean passedOn = STOMPBOX.getUseParentHandlers();
  private final Handler handler = new Lines(lines);

  /** Starts with nothing. */
  public LogCapture() {
    STOMPBOX.setUseParentHandlers(false);
    STOMPBOX.setLevel(Level.ALL);
    STOMPBOX.addHandler(handler);
  }

  /** Returns what was logged so far, a line each. */
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    STOMPBOX.removeHandler(handler);
    STOMPBOX.setLevel(before);
    STOMPBOX.setUseParentHandlers(passedOn);
  }

  private static final class Lines extends Handler {
    private final List<String> lines;

    Lines(List<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
      Object[] parameters = entry.getParameters();
      String message = String.valueOf(entry.getMessage());
      lines.add(parameters == null ? message : MessageFormat.format(message, parameters));
      Throwable thrown = entry.getThrown();
      while (thrown != null) {
        lines.add(thrown + " " + Arrays.toString(thrown.getSuppressed()));
        thrown = thrown.getCause();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
