package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Lines of a stream in UTF-8. Those that begin with {@code #} are comments. */
final class Script implements Lines, AutoCloseable {
  private final String name;
  private final InputStream stream;

  /** Read ahead. An empty one is the end. */
  private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(100);

  private volatile @Nullable IOException failure;
  private final Thread reader = new Thread(this::read, "stompbox-script");
  private int number;

  /**
   * Creates one.
   *
   * @param name as mistakes are told, such as {@code orders.txt}
   */
  Script(String name, InputStream stream) {
    this.name = name;
    this.stream = stream;
    // Reading can't be interrupted, so another thread does it.
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public @Nullable String next() throws InterruptedException {
    Optional<String> line;
    do {
      line = lines.take();
      number++;
    } while (line.isPresent() && line.get().stripLeading().startsWith("#"));
    IOException thrown = failure;
    if (line.isEmpty() && thrown != null) {
      throw Failure.usage("cannot read " + name + ": " + thrown.getMessage());
    }
    return line.orElse(null);
  }

  private void read() {
    try {
      BufferedReader text =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines.put(Optional.of(line));
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    finish();
  }

  private void finish() {
    try {
      lines.put(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String place() {
    return name + ":" + number + ": ";
  }

  @Override
  public boolean survivesInterrupts() {
    return false;
  }

  /** Reads no more; the caller closes the stream. */
  @Override
  public void close() {
    reader.interrupt();
  }
}
