package io.stompbox.cli.setup;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the lines that let fish complete a command. */
final class FishCompletion {
  private static final Pattern STOP = Pattern.compile("[.:;] +");

  private final String name;
  private final StringBuilder script = new StringBuilder();

  private FishCompletion(String name) {
    this.name = name;
  }

  static String of(CommandSpec root) {
    FishCompletion completion = new FishCompletion(root.name());
    completion.line("complete -c " + root.name() + " -f");
    completion.command(root, "");
    return completion.script.toString();
  }

  private void line(String text) {
    script.append(text).append('\n');
  }

  /** {@code seen} is the condition under which the command was named already. */
  private void command(CommandSpec command, String seen) {
    List<CommandSpec> below = CommandTree.below(command);
    String here = seen;
    if (!below.isEmpty()) {
      String names = below.stream().map(CommandSpec::name).collect(Collectors.joining(" "));
      here = and(seen, "not __fish_seen_subcommand_from " + names);
    }
    for (CommandSpec one : below) {
      line(start(here) + " -a " + one.name() + " -d " + quoted(CommandTree.header(one)));
    }
    for (OptionSpec option : CommandTree.options(command)) {
      line(start(here) + names(option) + " -d " + quoted(meaning(option)));
    }
    for (CommandSpec one : below) {
      command(one, and(seen, "__fish_seen_subcommand_from " + one.name()));
    }
  }

  private String start(String condition) {
    return "complete -c " + name + (condition.isEmpty() ? "" : " -n " + quoted(condition));
  }

  private static String and(String first, String second) {
    return first.isEmpty() ? second : first + "; and " + second;
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String one : option.names()) {
      names.append(one.startsWith("--") ? " -l " + one.substring(2) : " -s " + one.substring(1));
    }
    if (option.arity().min() > 0) {
      names.append(CommandTree.takesFile(option) ? " -r -F" : " -x");
      if (option.completionCandidates() != null) {
        names.append(" -a ").append(quoted(String.join(" ", option.completionCandidates())));
      }
    }
    return names.toString();
  }

  /** What it means up to its first full stop, colon or semicolon, as there is one line for it. */
  private static String meaning(OptionSpec option) {
    return STOP.split(String.join(" ", option.description()), 2)[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
