package io.stompbox.testkit.script;

import io.stompbox.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
  private final List<Planned> planned = new ArrayList<>();

  private record Planned(Connections connections, DirectedFault fault) {}

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
      throw lines.unexpected(Connections.USAGE + ", " + DirectedFault.USAGE);
    }
    return script;
  }

  /** Reads a script that is part of a larger one and ends where a line is none of it. */
  public static FaultScript parse(Lines lines) {
    FaultScript script = new FaultScript();
    while (lines.nextIs(Connections.WORD)) {
      Connections connections = Connections.of(lines.take(Connections.USAGE));
      while (lines.nextIs(Set.of("up", "down"))) {
        DirectedFault fault = DirectedFault.of(lines.take(DirectedFault.USAGE), true);
        script.planned.add(new Planned(connections, fault));
      }
    }
    return script;
  }

  /** Sets all faults of a proxy. */
  public void applyTo(FaultProxy proxy) {
    for (Planned plan : planned) {
      Connections connections = plan.connections();
      if (connections.isAll()) {
        plan.fault().applyTo(proxy.onEveryConnection());
      } else {
        for (int number = connections.first(); number <= connections.last(); number++) {
          plan.fault().applyTo(proxy.onConnection(number));
        }
      }
    }
  }
}
