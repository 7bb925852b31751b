package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.protocol.frame.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A frame of the client as it stands on the wire, escapes included.
 *
 * @param headerLines in their order, decoded as UTF-8
 */
record WireFrame(String command, List<String> headerLines, Body body) {
  /** Returns the values of the lines that start with this name, in order. */
  List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (String line : headerLines) {
      if (line.startsWith(name + ":")) {
        values.add(line.substring(name.length() + 1));
      }
    }
    return values;
  }

  /** Returns the value in force. */
  Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  @Override
  public String toString() {
    return command + " " + headerLines + " " + Escaped.shown(body);
  }
}
