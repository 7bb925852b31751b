package io.stompbox.checks.interop;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Three RabbitMQ nodes that are one broker, of which the one that serves a client is killed. */
public final class RabbitCluster implements KillableBroker {
  private static final int NODES = 3;

  /** For a client to find another node. */
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(20);

  private final List<RabbitBroker> nodes = new ArrayList<>();

  /** The node that was killed and has not started again. */
  private @Nullable RabbitBroker killed;

  private RabbitCluster() {}

  /** Starts the nodes; returns when each of them answers CONNECT. */
  public static RabbitCluster start() {
    RabbitCluster cluster = new RabbitCluster();
    try {
      for (RabbitNode node : RabbitNode.cluster(NODES)) {
        cluster.nodes.add(RabbitBroker.start(node));
      }
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException("cannot start a cluster", e);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public List<Integer> ports() {
    return nodes.stream().map(RabbitBroker::port).toList();
  }

  /** Waits for a client if there is none: it may be between two nodes. */
  @Override
  public void kill() {
    await("a client to be connected with one of " + ports())
        .atMost(CONNECT_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(this::isServing);
    RabbitBroker victim = serving().get(0);
    victim.kill();
    killed = victim;
  }

  private boolean isServing() {
    return !serving().isEmpty();
  }

  private List<RabbitBroker> serving() {
    return nodes.stream().filter(node -> LocalPort.hasConnection(node.port())).toList();
  }

  @Override
  public void startAgain() {
    RabbitBroker starting = killed;
    if (starting == null) {
      throw new IllegalStateException("no node was killed");
    }
    killed = null;
    starting.startAgain();
  }

  /** The first node comes last, as the others use its epmd. */
  @Override
  public void close() {
    while (!nodes.isEmpty()) {
      nodes.remove(nodes.size() - 1).close();
    }
  }
}
