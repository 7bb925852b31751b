package io.stompbox.checks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A main class of the tests in a JVM of its own, which answers lines with lines. */
final class JavaProcess implements AutoCloseable {
  private static final long DEATH_SECONDS = 20;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private JavaProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of process " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it; what it says on standard error is this process's. */
  static JavaProcess start(Class<?> main, List<String> jvm, Object... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        Stream.of(
                Stream.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                jvm.stream(),
                Stream.of("-cp", System.getProperty("java.class.path"), main.getName()),
                Stream.of(arguments).map(String::valueOf))
            .flatMap(parts -> parts)
            .toList();
    try {
      return new JavaProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      // There is nothing more to be read.
    }
  }

  /** Tells it something. */
  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("process " + process.pid() + " does not listen", e);
    }
  }

  /** Waits for its next line. */
  String hear(Duration limit) throws InterruptedException {
    String line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      String state = process.isAlive() ? "alive" : "gone with " + process.exitValue();
      throw new AssertionError("no line within " + limit + " from a process that is " + state);
    }
    return line;
  }

  /** Waits for its next line, which is a number. */
  int hearNumber(Duration limit) throws InterruptedException {
    return Integer.parseInt(hear(limit));
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.destroyForcibly().waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not die");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("process " + process.pid() + " is gone", e);
    }
  }
}
