package io.stompbox.checks.kills;

import io.stompbox.checks.interop.KillableBroker;
import io.stompbox.checks.interop.LocalPort;
import io.stompbox.checks.kills.StoredBroker.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java broker of one process, or a pair of which the second takes over when the first is killed.
 * Its folder is temporary and goes with {@link #close()}, or else when this JVM ends in order.
 */
final class JavaBroker implements KillableBroker {
  private final Path folder;
  private final List<JavaNode> nodes;
  private final Thread atExit = new Thread(this::end, "stompbox-queue-end");

  /** The one that serves. */
  private JavaNode live;

  private JavaBroker(Path folder, List<JavaNode> nodes) {
    this.folder = folder;
    this.nodes = nodes;
    this.live = nodes.get(0);
  }

  /** Starts one of this kind, which starts again after each kill. */
  static JavaBroker start(StoredBroker kind) {
    try {
      Path folder = folder(kind);
      Place place = new Place(folder.resolve("store"), LocalPort.free(), LocalPort.free());
      return started(new JavaBroker(folder, List.of(new JavaNode(kind, place))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + kind, e);
    }
  }

  /** Starts two; the first serves until it is killed, which may be done once. */
  static JavaBroker pair(StoredBroker first, StoredBroker second) {
    try {
      Path folder = folder(first);
      Place place = new Place(folder.resolve("store"), LocalPort.free(), LocalPort.free());
      List<JavaNode> nodes =
          List.of(new JavaNode(first, place), new JavaNode(second, place.ofPartner()));
      return started(new JavaBroker(folder, nodes));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + first, e);
    }
  }

  private static Path folder(StoredBroker kind) throws IOException {
    return Files.createTempDirectory("stompbox-" + kind + "-");
  }

  private static JavaBroker started(JavaBroker broker) throws IOException {
    Runtime.getRuntime().addShutdownHook(broker.atExit);
    try {
      broker.live.launch();
      broker.live.awaitAnswer();
      for (JavaNode standby : broker.nodes.subList(1, broker.nodes.size())) {
        standby.launch();
        standby.awaitStandby();
      }
      return broker;
    } catch (IOException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  @Override
  public List<Integer> ports() {
    return nodes.stream().map(JavaNode::port).toList();
  }

  @Override
  public void kill() {
    live.end();
    LocalPort.awaitRefusal(live.port());
  }

  @Override
  public void startAgain() {
    try {
      if (nodes.size() == 1) {
        live.launch();
      } else {
        live = nodes.get(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start again", e);
    }
    live.awaitAnswer();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    nodes.forEach(JavaNode::end);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
