package io.stompbox.client.listener;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Writes each event in a line, without secrets and bodies. */
public final class PrintingListener implements EventSink {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final Consumer<String> lines;

  private PrintingListener(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Returns one that gives its lines, without line ends, to {@code System.out::println} or so. */
  public static PrintingListener to(Consumer<String> lines) {
    return new PrintingListener(lines);
  }

  /** Returns one that writes into the log, at {@link Level#INFO}. */
  public static PrintingListener toLog() {
    Logger log = System.getLogger("io.stompbox.client.listener");
    return new PrintingListener(line -> log.log(Level.INFO, line));
  }

  @Override
  public void onEvent(Event event) {
    lines.accept(CONTROL.matcher(event.toString()).replaceAll("?"));
  }
}
