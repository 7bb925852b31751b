package io.stompbox.cli.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command and those below it are called and have, as help shows it. */
public final class CommandTree {
  private CommandTree() {}

  /** The command itself, then those below it in the order of help, without hidden ones. */
  public static List<CommandSpec> all(CommandSpec command) {
    List<CommandSpec> all = new ArrayList<>();
    all.add(command);
    below(command).forEach(one -> all.addAll(all(one)));
    return all;
  }

  /** The commands right below, in the order of help, without hidden ones. */
  public static List<CommandSpec> below(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .distinct()
        .filter(one -> !one.usageMessage().hidden())
        .toList();
  }

  /** The options that help shows, in its order. */
  public static List<OptionSpec> options(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden()).toList();
  }

  /** Whether an option has no parameter. */
  public static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  /** The names of an option and its parameter, as in {@code -s, --server=URI}. */
  public static String names(OptionSpec option) {
    String names = String.join(", ", option.names());
    if (isFlag(option)) {
      return names;
    }
    return option.arity().min() == 0
        ? names + "[=" + option.paramLabel() + "]"
        : names + "=" + option.paramLabel();
  }

  /** A sentence about a command, without its full stop. */
  public static String header(CommandSpec command) {
    String header = String.join(" ", command.usageMessage().header());
    return header.endsWith(".") ? header.substring(0, header.length() - 1) : header;
  }

  /** How it is called, in one line. */
  public static String synopsis(CommandSpec command) {
    StringBuilder line = new StringBuilder(command.qualifiedName()).append(" [OPTIONS]");
    command.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .forEach(
            parameter -> {
              String label = parameter.paramLabel();
              boolean isOptional = parameter.arity().min() == 0;
              String many = parameter.arity().max() > 1 ? "..." : "";
              line.append(isOptional ? " [" + label + "]" : " " + label).append(many);
            });
    if (!below(command).isEmpty()) {
      line.append(" COMMAND");
    }
    return line.toString();
  }

  /** What an option takes: names of files, or something else. */
  static boolean takesFile(OptionSpec option) {
    return new TreeSet<>(List.of("FILE", "DIR", "FOLDER")).contains(option.paramLabel());
  }
}
