package io.stompbox.testkit.script;

import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link FaultProxy} breaks, read from a text:
 *
 * <pre>{@code
 * connection 1
 *   down reset before RECEIPT 3
 * connection *
 *   up delay 20ms
 * }</pre>
 *
 * <p>{@code docs/scenarios.md} has all faults. Immutable.
 */
public final class FaultScript {
  private static final String CONNECTION = "connection";
  private static final String USAGE = "connection N | connection N-M | connection *";
  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

  /** As a number: all connections. */
  private static final int ALL = 0;

  /** Sets faults. */
  private final List<Planned> planned = new ArrayList<>();

  private record Planned(int connection, DirectedFault fault) {}

  private FaultScript() {}

  /**
   * Reads a script.
   *
   * @param file what it is called in messages
   * @throws ScriptException if it can't be read
   */
  public static FaultScript parse(String file, String script) {
    return whole(Lines.of(file, script));
  }

  /**
   * Reads a script from a file in UTF-8. Throws as {@link #parse(String, String)} does.
   *
   * @throws IOException if the file can't be read
   */
  public static FaultScript read(Path file) throws IOException {
    return whole(Lines.read(file));
  }

  private static FaultScript whole(Lines lines) {
    FaultScript script = parse(lines);
    if (!lines.isEmpty()) {
      throw lines.unexpected(USAGE + ", " + DirectedFault.USAGE);
    }
    return script;
  }

  /** Reads a script that is part of a larger one and ends where a line is none of it. */
  public static FaultScript parse(Lines lines) {
    FaultScript script = new FaultScript();
    while (lines.nextIs(CONNECTION)) {
      Arguments arguments = lines.take(USAGE);
      List<Integer> connections = connections(arguments);
      arguments.end();
      while (lines.nextIs(Set.of("up", "down"))) {
        DirectedFault fault = DirectedFault.of(lines.take(DirectedFault.USAGE), true);
        connections.forEach(number -> script.planned.add(new Planned(number, fault)));
      }
    }
    return script;
  }

  private static List<Integer> connections(Arguments arguments) {
    String which = arguments.text("the number of a connection");
    if (which.equals("*")) {
      return List.of(ALL);
    }
    Matcher numbers = NUMBERS.matcher(which);
    if (!numbers.matches()) {
      throw arguments.complaint("'" + which + "'", "expected is the number of a connection");
    }
    int first = Integer.parseInt(numbers.group(1));
    int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
    if (first < 1 || last < first) {
      throw arguments.complaint("'" + which + "'", "numbers begin at 1 and go up");
    }
    List<Integer> all = new ArrayList<>();
    for (int number = first; number <= last; number++) {
      all.add(number);
    }
    return all;
  }

  /** Sets all faults of a proxy. */
  public void applyTo(FaultProxy proxy) {
    for (Planned plan : planned) {
      plan.fault().applyTo(faults(proxy, plan.connection()));
    }
  }

  private static Faults faults(FaultProxy proxy, int connection) {
    return connection == ALL ? proxy.onEveryConnection() : proxy.onConnection(connection);
  }
}
