package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Scenario.Transport;
import io.stompbox.bench.endtoend.peer.BrokerMain;
import io.stompbox.bench.endtoend.peer.ScriptedPeer;
import io.stompbox.checks.interop.RabbitBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts whom clients talk to, each in a process of its own. */
final class Peers implements AutoCloseable {
  private static final String READY = "ready ";
  private static final String RABBITMQ = "rabbitmq";
  private static final String KEYS = "keys.p12";
  private static final String CERTIFICATE = "certificate.pem";

  /** It guards nothing. */
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Map<Transport, Endpoint> scripted = new EnumMap<>(Transport.class);
  private final Map<String, Endpoint> brokers = new LinkedHashMap<>();

  private Peers(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts the scripted peer and brokers.
   *
   * @param brokers {@code activemq}, {@code artemis}, {@code rabbitmq}, which is left out where it
   *     is not installed, or {@code NAME:PORT} of one that runs on this machine
   */
  static Peers start(List<String> brokers) throws IOException, InterruptedException {
    Peers peers = new Peers(Files.createTempDirectory("stompbox-bench-"));
    try {
      peers.addScripted();
      for (String broker : brokers) {
        peers.add(broker);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      peers.closeAfter(e);
      throw e;
    }
    return peers;
  }

  private void addScripted() throws IOException, InterruptedException {
    Path keys = folder.resolve(KEYS);
    Path certificate = folder.resolve(CERTIFICATE);
    makeCertificate(keys, certificate);
    Launched peer = launch(ScriptedPeer.class, List.of(keys.toString(), PASSWORD));
    scripted.put(Transport.TCP, peer.endpoint(Endpoint.SCRIPTED, 0, ""));
    scripted.put(Transport.TLS, peer.endpoint(Endpoint.SCRIPTED, 1, certificate.toString()));
    scripted.put(Transport.WEBSOCKET, peer.endpoint(Endpoint.SCRIPTED, 2, ""));
  }

  private void add(String broker) throws IOException {
    List<String> parts = List.of(broker.split(":", -1));
    String name = parts.get(0);
    if (parts.size() > 1) {
      brokers.put(name, Endpoint.plain(name, Integer.parseInt(parts.get(1)), 0));
    } else if (!name.equals(RABBITMQ)) {
      brokers.put(name, launch(BrokerMain.class, List.of(name)).endpoint(name, 0, ""));
    } else if (RabbitBroker.isInstalled()) {
      RabbitBroker node = RabbitBroker.start();
      opened.add(node);
      brokers.put(name, Endpoint.plain(name, node.ports().get(0), erlang()));
    } else {
      skipped.add("rabbitmq is skipped: Debian's package rabbitmq-server is not installed");
    }
  }

  /** Returns why which brokers are not there, a sentence each. */
  List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** Returns the process of the node, which a shell has started. */
  private static long erlang() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/beam.smp"))
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(0);
  }

  /** Who has said where it listens. */
  private record Launched(List<String> ports, long pid) {
    Endpoint endpoint(String kind, int port, String trust) {
      return new Endpoint(kind, Integer.parseInt(ports.get(port)), trust, pid);
    }
  }

  /** Starts a main class; what it says behind {@code ready} are its ports. */
  private Launched launch(Class<?> main, List<String> arguments) throws IOException {
    ChildJvm process = ChildJvm.start(main, arguments);
    opened.add(process);
    String ready =
        process
            .line(READY)
            .orElseThrow(() -> new IllegalStateException(main.getSimpleName() + " did not start"));
    List<String> ports = List.of(ready.substring(READY.length()).split(" ", -1));
    return new Launched(ports, process.pid());
  }

  private void makeCertificate(Path keys, Path certificate)
      throws IOException, InterruptedException {
    String store = keys.toString();
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "peer",
        "-dname",
        "CN=peer",
        "-ext",
        "SubjectAlternativeName=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "peer",
        "-keystore",
        store,
        "-file",
        certificate.toString());
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = keytool.getInputStream().readAllBytes();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(
          "keytool made no certificate: " + new String(output, StandardCharsets.UTF_8));
    }
  }

  /** Returns all that a scenario can be run against. */
  List<Endpoint> of(Scenario scenario) {
    List<Endpoint> all = new ArrayList<>();
    Optional.ofNullable(scripted.get(scenario.transport())).ifPresent(all::add);
    if (scenario.isForBrokers()) {
      all.addAll(brokers.values());
    }
    return all;
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable each : opened) {
      close(each);
    }
    Files.deleteIfExists(folder.resolve(KEYS));
    Files.deleteIfExists(folder.resolve(CERTIFICATE));
    Files.deleteIfExists(folder);
  }

  private static void close(AutoCloseable process) {
    try {
      process.close();
    } catch (Exception e) {
      System.err.println("a peer did not end: " + e);
    }
  }
}
