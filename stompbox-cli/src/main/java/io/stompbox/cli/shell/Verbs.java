package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Nearest;
import io.stompbox.cli.process.Printable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The commands of a shell by their names, and the help for them. */
final class Verbs {
  private static final String LIST = "help lists all commands";
  private static final int LONGEST_ECHO = 100;

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
      List<String> near = Nearest.to(name, byName.keySet());
      String sentence = "Unknown command: " + Printable.excerpt(name, LONGEST_ECHO);
      throw near.isEmpty()
          ? Failure.usage(sentence, LIST)
          : Failure.usage(sentence, "did you mean " + String.join(" or ", near) + "?", LIST);
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
