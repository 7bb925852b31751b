package io.stompbox.testkit.script;

import io.stompbox.testkit.Peer;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link ScriptedBroker} does on each of its connections, read from a text:
 *
 * <pre>{@code
 * connection 1
 *   handshake 1.2
 *   expect SEND destination:/queue/a as order
 *   reset
 * connection *
 *   serve
 * }</pre>
 *
 * <p>{@code docs/scenarios.md} has all statements. Immutable; may be played as often as you like.
 */
public final class BrokerScript {
  /** What is done on the connections in their order. */
  private final List<List<Step<BrokerPeer>>> connections = new ArrayList<>();

  /** What is done on all others. */
  private Optional<List<Step<BrokerPeer>>> others = Optional.empty();

  private BrokerScript() {}

  /**
   * Reads a script.
   *
   * @param file what it is called in messages
   * @throws ScriptException if it can't be read
   */
  public static BrokerScript parse(String file, String script) {
    return whole(Lines.of(file, script));
  }

  /**
   * Reads a script from a file in UTF-8. Throws as {@link #parse(String, String)} does.
   *
   * @throws IOException if the file can't be read
   */
  public static BrokerScript read(Path file) throws IOException {
    return whole(Lines.read(file));
  }

  private static BrokerScript whole(Lines lines) {
    BrokerScript script = parse(lines, Set.of());
    if (!lines.isEmpty()) {
      throw lines.unexpected(Connections.USAGE);
    }
    return script;
  }

  /** Reads a script that is part of a larger one and ends where a line begins with a border. */
  public static BrokerScript parse(Lines lines, Set<String> borders) {
    BrokerScript script = new BrokerScript();
    Set<String> ends = new HashSet<>(borders);
    ends.add(Connections.WORD);
    while (lines.nextIs(Connections.WORD)) {
      Arguments arguments = lines.take(Connections.USAGE);
      Connections which = Connections.of(arguments);
      script.check(which, arguments);
      script.add(which, BrokerStatements.TABLE.parse(lines, ends));
    }
    return script;
  }

  /** How all statements inside a connection are written. */
  public static List<String> usages() {
    return BrokerStatements.TABLE.usages();
  }

  private void check(Connections which, Arguments arguments) {
    int next = connections.size() + 1;
    if (which.isAll() ? others.isPresent() : which.first() != next) {
      throw arguments.complaint(
          "another number", "connections follow each other; next is " + next + ", and * once");
    }
  }

  private void add(Connections which, List<Step<BrokerPeer>> steps) {
    if (which.isAll()) {
      others = Optional.of(steps);
      return;
    }
    for (int number = which.first(); number <= which.last(); number++) {
      connections.add(steps);
    }
  }

  /**
   * Tells a broker to play this. Its {@link ScriptedBroker#assertScriptsDone} reports what was not
   * fulfilled.
   *
   * @param scope what this run remembers and how long it waits
   */
  public void playOn(ScriptedBroker broker, Scope scope) {
    QueueBroker queues = new QueueBroker();
    for (List<Step<BrokerPeer>> steps : connections) {
      broker.onConnection(peer -> play(steps, peer, queues, scope));
    }
    others.ifPresent(steps -> broker.otherwise(peer -> play(steps, peer, queues, scope)));
  }

  private static void play(List<Step<BrokerPeer>> steps, Peer peer, QueueBroker queues, Scope scope)
      throws Exception {
    peer.patience(scope.limit());
    boolean done = false;
    try {
      Statements.run(steps, new BrokerPeer(peer, queues), scope);
      done = true;
    } finally {
      if (!done) {
        // Whoever waits for what will not come learns it sooner.
        peer.close();
      }
    }
  }
}
