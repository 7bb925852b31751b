package io.stompbox.cli.shell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes octets apart into lines of UTF-8. Safe to share between threads. */
final class LineStream extends OutputStream {
  private final Consumer<String> lines;

  /** Guarded by this. */
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  LineStream(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int octet) {
    if (octet == '\n') {
      String line = begun.toString(StandardCharsets.UTF_8);
      begun.reset();
      lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    } else {
      begun.write(octet);
    }
  }
}
