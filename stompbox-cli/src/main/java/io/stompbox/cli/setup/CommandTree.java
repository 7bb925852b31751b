package io.stompbox.cli.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What a command and those below it are called and have, as help shows it. */
public final class CommandTree {
  /** How a part of a description begins that lists a value: the value, and blanks. */
  public static final Pattern LISTED_VALUE = Pattern.compile("^(\\S+) {2,}");

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
    return String.join(", ", option.names()) + parameter(option);
  }

  /** What follows the name of an option, as in {@code =URI} or {@code [=FILE]}; empty for none. */
  public static String parameter(OptionSpec option) {
    if (isFlag(option)) {
      return "";
    }
    String parameter = "=" + option.paramLabel();
    return option.arity().min() == 0 ? "[" + parameter + "]" : parameter;
  }

  /** The arguments that help shows, in its order. */
  public static List<PositionalParamSpec> arguments(CommandSpec command) {
    return command.positionalParameters().stream().filter(argument -> !argument.hidden()).toList();
  }

  /** An argument as a synopsis has it, such as {@code [BODY]} or {@code DEST...}. */
  public static String label(PositionalParamSpec argument) {
    String label = argument.paramLabel();
    String many = argument.arity().max() > 1 ? "..." : "";
    return (argument.arity().min() == 0 ? "[" + label + "]" : label) + many;
  }

  /** A sentence about a command, without its full stop. */
  public static String header(CommandSpec command) {
    String header = String.join(" ", command.usageMessage().header());
    return header.endsWith(".") ? header.substring(0, header.length() - 1) : header;
  }

  /** What help says about an option or argument, by lines; values that it lists have one each. */
  public static List<String> description(ArgSpec argument) {
    List<String> lines = new ArrayList<>();
    for (String part : parts(argument)) {
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

  /** What an option or argument is for, and the values that are listed. */
  public static List<String> parts(ArgSpec argument) {
    return List.of(argument.description());
  }

  /** The examples of a command, by lines, as help shows them. */
  public static List<String> examples(CommandSpec command) {
    return Stream.of(command.usageMessage().footer()).map(line -> line.replace("%%", "%")).toList();
  }

  /** How it is called by other names, as in {@code stompbox pub}; empty if it has none. */
  public static List<String> aliases(CommandSpec command) {
    return command.parent() == null
        ? List.of()
        : Stream.of(command.aliases())
            .map(alias -> command.parent().qualifiedName() + " " + alias)
            .toList();
  }

  /** How it is called, in one line. */
  public static String synopsis(CommandSpec command) {
    StringBuilder line = new StringBuilder(command.qualifiedName()).append(" [OPTIONS]");
    arguments(command).forEach(argument -> line.append(' ').append(label(argument)));
    if (!below(command).isEmpty()) {
      line.append(" COMMAND");
    }
    return line.toString();
  }
}
