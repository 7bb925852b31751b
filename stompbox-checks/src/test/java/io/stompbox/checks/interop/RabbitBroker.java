package io.stompbox.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A RabbitMQ node of the Debian package as a child process: no service, no other user, loopback
 * only, an epmd of its own, and all its state in one temporary folder. Queues whose name begins
 * with {@code refusing-} hold ten messages and refuse more.
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
      Path folder = Files.createTempDirectory("stompbox-rabbitmq-");
      int port = LocalPort.free();
      Process shell = launch(folder, port);
      RabbitBroker broker = new RabbitBroker(shell, folder, port);
      broker.startAgain();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start RabbitMQ", e);
    }
  }

  private static Process launch(Path folder, int port) throws IOException {
    int amqpPort = LocalPort.free();
    List<String> configuration =
        List.of(
            "listeners.tcp.1 = 127.0.0.1:" + amqpPort,
            "stomp.listeners.tcp.1 = 127.0.0.1:" + port,
            "log.console = false",
            "load_definitions = " + folder.resolve("definitions.json"),
            "vm_memory_high_watermark.absolute = 512MB",
            "disk_free_limit.absolute = 50MB");
    Files.write(folder.resolve("rabbitmq.conf"), configuration);
    Files.writeString(folder.resolve("definitions.json"), resource("rabbitmq-definitions.json"));
    Files.writeString(folder.resolve("enabled_plugins"), "[rabbitmq_stomp].");
    Files.createFile(folder.resolve("env.conf"));
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            resource("rabbitmq.sh"),
            "rabbitmq",
            serverScript().orElseThrow().toString(),
            "" + folder);
    builder.environment().keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    builder.environment().putAll(environment(folder, amqpPort));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Map<String, String> environment(Path folder, int amqpPort) throws IOException {
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()),
        Map.entry("RABBITMQ_NODENAME", "stompbox@localhost"),
        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("env.conf").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", "" + amqpPort),
        Map.entry("RABBITMQ_DIST_PORT", "" + LocalPort.free()),
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
        Map.entry("ERL_EPMD_PORT", "" + LocalPort.free()),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RabbitBroker.class.getResourceAsStream("/interop/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
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
