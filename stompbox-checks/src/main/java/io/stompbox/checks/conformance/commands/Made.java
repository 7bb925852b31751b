package io.stompbox.checks.conformance.commands;

import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.protocol.frame.Body;
import java.util.List;
import java.util.TreeSet;

/** What came of a call. Two are the same if their texts are. */
sealed interface Made {
  /**
   * A frame.
   *
   * @param headers as lines; their order does not count, how often one is there does
   * @param token the subscription that it makes; empty if none or if nobody asks
   */
  record Written(String command, List<String> headers, Body body, String token) implements Made {
    @Override
    public String toString() {
      List<String> sorted = headers.stream().sorted().map(Escaped::shown).toList();
      return command + " " + sorted + " " + Escaped.shown(body) + " " + token;
    }

    /** The names of its headers. */
    TreeSet<String> names() {
      TreeSet<String> names = new TreeSet<>();
      headers.forEach(line -> names.add(name(line)));
      return names;
    }

    private static String name(String line) {
      return line.split(":", 2)[0];
    }

    /** Returns it without the lines of these headers. */
    Written without(String... names) {
      List<String> left =
          headers.stream().filter(line -> !List.of(names).contains(name(line))).toList();
      return new Written(command, left, body, token);
    }
  }

  /** A value. */
  record Value(String text) implements Made {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Nothing: the call is refused. */
  record Refused(String why) implements Made {
    @Override
    public String toString() {
      return "refused";
    }
  }
}
