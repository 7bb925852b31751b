package io.stompbox.cli;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Nearest;
import io.stompbox.cli.process.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** An option before the verb, where only those may be that all verbs share. */
record MisplacedOption(String option, CommandLine verb) {
  /**
   * Returns it with the verb that follows.
   *
   * @param command where the option is not known
   * @return nothing if no verb follows
   */
  static Optional<MisplacedOption> find(CommandLine command, String option, String[] arguments) {
    List<String> all = Arrays.asList(arguments);
    CommandLine verb = command;
    for (String argument : all.subList(all.indexOf(option) + 1, all.size())) {
      CommandLine below = verb.getSubcommands().get(argument);
      verb = below == null ? verb : below;
    }
    return verb.equals(command) ? Optional.empty() : Optional.of(new MisplacedOption(option, verb));
  }

  /** Says where it belongs, or that the verb has none such. */
  Failure failure() {
    String name = name(option);
    String shown = Printable.line(Printable.excerpt(name, UsageErrors.LONGEST_ECHO));
    String path = verb.getCommandSpec().qualifiedName();
    String help = path + " --help shows what is possible";
    if (verb.getCommandSpec().optionsMap().containsKey(name)) {
      return Failure.usage(
          "the option '" + shown + "' is one of " + path + " and stands before it",
          "write it behind: " + path + " " + shown + " ...",
          help);
    }
    String sentence = "unknown option '" + shown + "', also of " + path;
    List<String> near =
        name.startsWith("--")
            ? Nearest.to(name, verb.getCommandSpec().optionsMap().keySet())
            : List.of();
    return near.isEmpty()
        ? Failure.usage(sentence, help)
        : Failure.usage(sentence, "did you mean " + path + " " + near.get(0) + "?", help);
  }

  /** Returns an option without the value that may be joined to it, which may be a secret. */
  static String name(String option) {
    int end = option.indexOf('=');
    if (end >= 0) {
      return option.substring(0, end);
    }
    return option.startsWith("--") || option.length() <= 2 ? option : option.substring(0, 2);
  }
}
