package io.stompbox.testkit.script;

import io.stompbox.testkit.Peer;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final String CONNECTION = "connection";
  private static final String USAGE = "connection N | connection N-M | connection *";
  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?");

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
      throw lines.unexpected(USAGE);
    }
    return script;
  }

  /** Reads a script that is part of a larger one and ends where a line begins with a border. */
  public static BrokerScript parse(Lines lines, Set<String> borders) {
    BrokerScript script = new BrokerScript();
    List<String> ends = new ArrayList<>(borders);
    ends.add(CONNECTION);
    while (lines.nextIs(CONNECTION)) {
      Arguments arguments = lines.take(USAGE);
      String which = arguments.text("the number of a connection");
      arguments.end();
      script.add(which, arguments, BrokerStatements.TABLE.parse(lines, Set.copyOf(ends)));
    }
    return script;
  }

  /** How all statements inside a connection are written. */
  public static List<String> usages() {
    return BrokerStatements.TABLE.usages();
  }

  private void add(String which, Arguments arguments, List<Step<BrokerPeer>> steps) {
    if (which.equals("*") && others.isEmpty()) {
      others = Optional.of(steps);
      return;
    }
    Matcher numbers = NUMBERS.matcher(which);
    int next = connections.size() + 1;
    if (!numbers.matches() || Integer.parseInt(numbers.group(1)) != next) {
      throw arguments.complaint(
          "'" + which + "'", "connections follow each other; next is " + next);
    }
    String last = numbers.group(2);
    int until = last == null ? next : Integer.parseInt(last);
    if (until < next) {
      throw arguments.complaint("'" + which + "'", "the second number is not below the first");
    }
    for (int number = next; number <= until; number++) {
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
    Statements.run(steps, new BrokerPeer(peer, queues), scope);
  }
}
