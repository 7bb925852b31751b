package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The commands of a shell by their names, and the help for them. */
final class Verbs {
  private final Map<String, Verb> byName = new TreeMap<>();

  Verbs(List<Verb> verbs, Consumer<String> answers) {
    verbs.forEach(this::add);
    add(
        Verb.of(
                "help [command]",
                arguments -> answers.accept(help(arguments)),
                "Lists the commands, or tells more of one.")
            .alias("?")
            .completing(Verb.Value.COMMAND));
  }

  private void add(Verb verb) {
    verb.names().forEach(name -> byName.put(name, verb));
  }

  /** Returns the command of this name. */
  Verb get(String name) {
    Verb verb = byName.get(name);
    if (verb == null) {
      throw Failure.usage("Unknown command: " + name, "help lists all commands");
    }
    return verb;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  private String help(Arguments arguments) {
    return arguments.next().map(name -> get(name).help()).orElseGet(this::list);
  }

  private String list() {
    StringBuilder list = new StringBuilder("Commands (help COMMAND tells more):\n");
    byName.forEach(
        (name, verb) -> {
          String what =
              name.equals(verb.name())
                  ? verb.description().get(0)
                  : "The same as " + verb.name() + ".";
          list.append(String.format("  %-12s %s%n", name, what));
        });
    return list.toString().stripTrailing();
  }
}
