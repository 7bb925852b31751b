package io.stompbox.checks.kills;

import io.stompbox.checks.interop.KillableBroker;
import io.stompbox.checks.interop.LocalPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A {@link StoredBroker} in a JVM of its own. Its folder is temporary and goes with {@link
 * #close()}, or else when this JVM ends in order.
 */
final class JavaBroker implements KillableBroker {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final long DEATH_SECONDS = 20;

  /** Quick to start and small; the brokers' speed is not what is measured. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final StoredBroker kind;
  private final Path folder;
  private final int port;
  private final Thread atExit = new Thread(this::end, "stompbox-queue-end");
  private Process process;

  private JavaBroker(StoredBroker kind, Path folder, int port) throws IOException {
    this.kind = kind;
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  static JavaBroker start(StoredBroker kind) {
    try {
      Path folder = Files.createTempDirectory("stompbox-" + kind + "-");
      JavaBroker broker = new JavaBroker(kind, folder, LocalPort.free());
      Runtime.getRuntime().addShutdownHook(broker.atExit);
      broker.awaitReady();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + kind, e);
    }
  }

  private Process launch() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> main =
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            StoredBroker.class.getName(),
            kind.name(),
            folder.resolve("store").toString(),
            Integer.toString(port));
    List<String> command =
        Stream.of(List.of(java), JVM_OPTIONS, main).flatMap(List::stream).toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
  }

  private void awaitReady() {
    try {
      LocalPort.awaitAnswer(port, START_LIMIT);
    } catch (ConditionTimeoutException e) {
      IllegalStateException failure =
          new IllegalStateException(kind + " does not start; its output: " + output(), e);
      close();
      throw failure;
    }
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return "none: " + e;
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void kill() {
    endProcess();
    LocalPort.awaitRefusal(port);
  }

  @Override
  public void startAgain() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + kind, e);
    }
    awaitReady();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    endProcess();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  /** On Unix this is SIGKILL. */
  private void endProcess() {
    try {
      if (!process.destroyForcibly().waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not die");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while process " + process.pid() + " dies", e);
    }
  }
}
