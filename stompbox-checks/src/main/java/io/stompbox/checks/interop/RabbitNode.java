package io.stompbox.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * How a RabbitMQ node is set up: loopback only, all its state in one folder.
 *
 * @param name what Erlang calls it
 * @param port where it speaks STOMP on 127.0.0.1
 * @param webPort where it speaks STOMP over WebSocket, at {@code /ws}; 0 if it does not
 * @param cluster what it shares with other nodes
 */
record RabbitNode(String name, int port, int webPort, Cluster cluster) {

  /**
   * What nodes that work together have in common.
   *
   * @param epmdPort where their epmd listens on 127.0.0.1, which belongs to the first of them
   * @param cookie the secret by which they know each other
   * @param names the nodes that are there when this one starts for the first time, itself as the
   *     last
   */
  record Cluster(int epmdPort, String cookie, List<String> names) {
    private List<String> configuration() {
      List<String> lines = new ArrayList<>();
      if (names.size() > 1) {
        lines.add("cluster_formation.peer_discovery_backend = classic_config");
        for (int i = 1; i <= names.size(); i++) {
          lines.add("cluster_formation.classic_config.nodes." + i + " = " + names.get(i - 1));
        }
      }
      return lines;
    }
  }

  /** Returns one that knows no others. */
  static RabbitNode alone() throws IOException {
    return cluster(1).get(0);
  }

  /** Returns one that speaks STOMP over WebSocket too. */
  static RabbitNode withWebSocket() throws IOException {
    RabbitNode node = alone();
    return new RabbitNode(node.name, node.port, LocalPort.free(), node.cluster);
  }

  /** Returns several, each of which joins those before it, so that they start in this order. */
  static List<RabbitNode> cluster(int size) throws IOException {
    int epmdPort = LocalPort.free();
    String cookie = UUID.randomUUID().toString();
    List<String> names = new ArrayList<>();
    List<RabbitNode> nodes = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      String name = "stompbox" + i + "@localhost";
      names.add(name);
      Cluster cluster = new Cluster(epmdPort, cookie, List.copyOf(names));
      nodes.add(new RabbitNode(name, LocalPort.free(), 0, cluster));
    }
    return nodes;
  }

  /** Whether it brings the epmd with it. */
  boolean isFirst() {
    return cluster.names().size() == 1;
  }

  /** Writes its files to {@code folder}, and returns the environment that leads to them. */
  Map<String, String> prepare(Path folder) throws IOException {
    int amqpPort = LocalPort.free();
    Files.write(folder.resolve("rabbitmq.conf"), configuration(folder, amqpPort));
    Files.writeString(folder.resolve("definitions.json"), resource("rabbitmq-definitions.json"));
    Files.writeString(
        folder.resolve("enabled_plugins"),
        webPort == 0 ? "[rabbitmq_stomp]." : "[rabbitmq_stomp,rabbitmq_web_stomp].");
    Files.createFile(folder.resolve("env.conf"));
    Path cookie = Files.writeString(folder.resolve(".erlang.cookie"), cluster.cookie());
    Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
    return environment(folder, amqpPort);
  }

  private List<String> configuration(Path folder, int amqpPort) {
    List<String> lines = new ArrayList<>(cluster.configuration());
    lines.add("listeners.tcp.1 = 127.0.0.1:" + amqpPort);
    lines.add("stomp.listeners.tcp.1 = 127.0.0.1:" + port);
    if (webPort != 0) {
      lines.add("web_stomp.tcp.ip = 127.0.0.1");
      lines.add("web_stomp.tcp.port = " + webPort);
    }
    lines.add("log.console = false");
    lines.add("load_definitions = " + folder.resolve("definitions.json"));
    lines.add("vm_memory_high_watermark.absolute = 512MB");
    lines.add("disk_free_limit.absolute = 50MB");
    return lines;
  }

  private Map<String, String> environment(Path folder, int amqpPort) throws IOException {
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()),
        Map.entry("RABBITMQ_NODENAME", name),
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
        Map.entry("ERL_EPMD_PORT", "" + cluster.epmdPort()),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"));
  }

  static String resource(String name) throws IOException {
    try (InputStream in = RabbitNode.class.getResourceAsStream("/interop/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
