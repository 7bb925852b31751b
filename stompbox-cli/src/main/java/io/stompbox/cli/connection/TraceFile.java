package io.stompbox.cli.connection;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes a line for each frame until that fails, which it tells once: a trace that can't be written
 * is no reason to lose messages. Safe to share between threads.
 */
final class TraceFile implements Consumer<TracedFrame> {
  private final Path file;
  private final OutputStream stream;
  private final Environment environment;

  /** Guarded by this. */
  private boolean isBroken;

  TraceFile(Path file, OutputStream stream, Environment environment) {
    this.file = file;
    this.stream = stream;
    this.environment = environment;
  }

  @Override
  public synchronized void accept(TracedFrame traced) {
    if (isBroken) {
      return;
    }
    try {
      stream.write((traced.json() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      isBroken = true;
      environment.tell(
          "the trace ends here, as " + file + " can't be written: " + Failure.reasonOf(e));
    }
  }
}
