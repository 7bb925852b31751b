package io.stompbox.cli.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command and those below it are called and have, as help shows it. */
public final class CommandTree {
  private static final Pattern LISTED_VALUE = Pattern.compile("^(\\S+) {2,}");

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

  /** What help says about an option or argument, by lines; values that it lists have one each. */
  public static List<String> description(ArgSpec argument) {
    List<String> lines = new ArrayList<>();
    for (String part : argument.description()) {
      Matcher value = LISTED_VALUE.matcher(part);
      if (value.find()) {
        lines.add(value.replaceFirst("$1: "));
      } else if (lines.isEmpty()) {
        lines.add(part);
      } else {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + part);
      }
    }
    return lines;
  }

  /** The examples of a command, by lines, as help shows them. */
  public static List<String> examples(CommandSpec command) {
    return Stream.of(command.usageMessage().footer()).map(line -> line.replace("%%", "%")).toList();
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
