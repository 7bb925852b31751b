package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Nearest;
import io.stompbox.protocol.failover.FailoverUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The settings that URIs and {@code --set} may name. There are too many of them to list. */
public final class SettingNames {
  private SettingNames() {}

  /**
   * Refuses what the query of a URI has and nobody knows.
   *
   * @param advice said as well
   * @throws Failure if there is such a name
   */
  public static void check(FailoverUri uri, String... advice) {
    for (String name : uri.settings().keySet()) {
      Optional<String> fault = fault(name);
      if (fault.isPresent()) {
        List<String> all = new ArrayList<>(List.of(advice));
        if (uri.brokers().stream().anyMatch(broker -> broker.scheme().isWebSocket())) {
          all.add("the query of a WebSocket stands in brackets: failover:(ws://host/path?query)");
        }
        throw Failure.usage(fault.get(), all.toArray(String[]::new));
      }
    }
  }

  /** Says that a name is not known, and what may be meant; empty if it is known. */
  static Optional<String> fault(String name) {
    Set<String> names = new TreeSet<>(Context.names());
    names.removeAll(Context.OWN_NAMES);
    if (names.contains(name)) {
      return Optional.empty();
    }
    List<String> near = Nearest.to(name, names);
    return Optional.of(
        "the setting '"
            + name
            + "' is not known; "
            + (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ")
            + "docs/options.md has them all");
  }
}
