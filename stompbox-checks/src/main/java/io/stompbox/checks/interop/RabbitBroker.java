package io.stompbox.checks.interop;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A RabbitMQ node of the Debian package as a child process: no service, no other user, loopback
 * only, an epmd of its own unless it joins others, and all its state in one temporary folder.
 * Queues whose name begins with {@code refusing-} hold ten messages and refuse more.
 *
 * <p>The node lives as long as the standard input of its shell, so that it ends with this JVM even
 * where no shutdown hook runs.
 */
public final class RabbitBroker implements KillableBroker {
  private static final Path PACKAGE = Path.of("/usr/lib/rabbitmq/lib");

  /** It takes 4 to 6 s on a machine that is busy with other things. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Process shell;
  private final Path folder;
  private final int port;

  private RabbitBroker(Process shell, Path folder, int port) {
    this.shell = shell;
    this.folder = folder;
    this.port = port;
  }

  /** Whether there is such a package on this machine. */
  public static boolean isInstalled() {
    return serverScript().isPresent();
  }

  private static Optional<Path> serverScript() {
    if (!Files.isDirectory(PACKAGE)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGE)) {
      return versions
          .map(version -> version.resolve("sbin/rabbitmq-server"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a node; returns when it answers CONNECT. */
  public static RabbitBroker start() {
    try {
      return start(RabbitNode.alone());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start RabbitMQ", e);
    }
  }

  /** As {@link #start()}, but for a node that is set up in this way. */
  static RabbitBroker start(RabbitNode node) throws IOException {
    Path folder = Files.createTempDirectory("stompbox-rabbitmq-");
    RabbitBroker broker = new RabbitBroker(launch(node, folder), folder, node.port());
    broker.startAgain();
    return broker;
  }

  private static Process launch(RabbitNode node, Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            RabbitNode.resource("rabbitmq.sh"),
            "rabbitmq",
            serverScript().orElseThrow().toString(),
            folder.toString(),
            node.isFirst() ? "epmd" : "");
    builder.environment().keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    builder.environment().putAll(node.prepare(folder));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Override
  public void startAgain() {
    try {
      shell.getOutputStream().write('\n');
      shell.getOutputStream().flush();
      LocalPort.awaitAnswer(port, START_LIMIT);
    } catch (IOException | ConditionTimeoutException e) {
      IllegalStateException failure =
          new IllegalStateException("RabbitMQ does not start; its output: " + output(), e);
      close();
      throw failure;
    }
  }

  @Override
  public void kill() {
    ProcessHandle node =
        shell
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("/beam.smp"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("RabbitMQ does not run"));
    node.destroyForcibly();
    LocalPort.awaitRefusal(port);
  }

  private List<String> output() {
    try {
      return new ArrayList<>(Files.readAllLines(folder.resolve("output")));
    } catch (IOException e) {
      return List.of("none: " + e);
    }
  }

  /** The port on 127.0.0.1 where it speaks STOMP. */
  int port() {
    return port;
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  /**
   * Ends the node at once, its epmd too, and deletes the folder.
   *
   * @throws IllegalStateException if something is left of them
   */
  @Override
  public void close() {
    List<ProcessHandle> processes = shell.descendants().toList();
    try {
      shell.getOutputStream().close();
      await("RabbitMQ to end, whose folder is " + folder)
          .atMost(STOP_LIMIT)
          .pollInterval(POLL)
          .until(() -> !shell.isAlive() && processes.stream().noneMatch(ProcessHandle::isAlive));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (Files.exists(folder)) {
      throw new IllegalStateException("RabbitMQ's folder was not deleted: " + folder);
    }
  }
}
