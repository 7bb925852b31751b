package io.stompbox.cli.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One command of the shell.
 *
 * @param names the name, and others that mean the same
 * @param usage the name and its parameters: {@code <required>} and {@code [optional]}
 * @param description what it does, a line each
 * @param values what can be completed at each place behind the name
 */
record Verb(
    List<String> names, String usage, List<String> description, List<Value> values, Action action) {

  /** Does what was typed. */
  interface Action {
    /**
     * Does it.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void run(Arguments arguments) throws InterruptedException;
  }

  /** What a parameter may be, where that can be known. */
  enum Value {
    DESTINATION,
    SUBSCRIBED,
    SUBSCRIPTION_ID,
    ACK_MODE,
    OPEN_MESSAGE,
    FILE,
    COMMAND,
    SWITCH
  }

  static Verb of(String usage, Action action, String... description) {
    String name = usage.split(" ", 2)[0];
    return new Verb(List.of(name), usage, List.of(description), List.of(), action);
  }

  Verb alias(String... others) {
    List<String> all = new ArrayList<>(names);
    all.addAll(Arrays.asList(others));
    return new Verb(List.copyOf(all), usage, description, values, action);
  }

  Verb completing(Value... places) {
    return new Verb(names, usage, description, List.of(places), action);
  }

  String name() {
    return names.get(0);
  }

  /** The help for it. */
  String help() {
    StringBuilder help = new StringBuilder("Usage:\n  " + usage + "\n");
    List<String> required =
        Arrays.stream(usage.split(" ")).filter(word -> word.startsWith("<")).toList();
    if (!required.isEmpty()) {
      help.append("\nRequired parameters:\n  ").append(String.join(", ", required)).append('\n');
    }
    help.append("\nDescription:");
    description.forEach(line -> help.append("\n  ").append(line));
    return help.toString();
  }
}
