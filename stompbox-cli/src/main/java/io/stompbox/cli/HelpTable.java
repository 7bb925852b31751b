package io.stompbox.cli;

import io.stompbox.cli.process.Wrapped;
import io.stompbox.cli.setup.CommandTree;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What help says of options and arguments: their names, and beside them what they mean. Picocli's
 * own table breaks lines within URIs and formats.
 */
final class HelpTable {
  private static final int COLUMN = 29;
  private static final String UNDER_LETTERS = "      ";

  private final ColorScheme colours;
  private final int width;
  private final StringBuilder table = new StringBuilder();

  private HelpTable(Help help) {
    this.colours = help.colorScheme();
    this.width = help.commandSpec().usageMessage().width();
  }

  static String ofOptions(Help help) {
    HelpTable table = new HelpTable(help);
    CommandTree.options(help.commandSpec()).forEach(table::option);
    return table.table.toString();
  }

  static String ofArguments(Help help) {
    HelpTable table = new HelpTable(help);
    CommandTree.arguments(help.commandSpec()).forEach(table::argument);
    return table.table.toString();
  }

  /** What the command is for, in paragraphs. */
  static String description(Help help) {
    int width = help.commandSpec().usageMessage().width();
    return Stream.of(help.commandSpec().usageMessage().description())
        .flatMap(paragraph -> Wrapped.lines(paragraph, width).stream())
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private void option(OptionSpec option) {
    String first = option.names()[0];
    Text names = colours.text(first.startsWith("--") ? UNDER_LETTERS : "  ");
    String separator = "";
    for (String name : option.names()) {
      names = names.concat(separator).concat(colours.optionText(name));
      separator = ", ";
    }
    row(names.concat(colours.optionParamText(CommandTree.parameter(option))), option);
  }

  private void argument(PositionalParamSpec argument) {
    row(
        colours.text(UNDER_LETTERS).concat(colours.parameterText(CommandTree.label(argument))),
        argument);
  }

  private void row(Text names, ArgSpec argument) {
    table.append(names);
    int end = names.plainString().length();
    if (end >= COLUMN) {
      table.append(System.lineSeparator());
      end = 0;
    }
    for (String part : CommandTree.parts(argument)) {
      for (String line : lines(part)) {
        table.append(" ".repeat(COLUMN - end)).append(line).append(System.lineSeparator());
        end = 0;
      }
    }
  }

  /** A value that is listed stands by itself, with what it means beside it. */
  private List<String> lines(String part) {
    Matcher value = CommandTree.LISTED_VALUE.matcher(part);
    if (!value.find()) {
      return Wrapped.lines(part, width - COLUMN);
    }
    int hanging = value.end();
    List<String> meaning = Wrapped.lines(part.substring(hanging), width - COLUMN - hanging);
    return Stream.concat(
            Stream.of(part.substring(0, hanging) + meaning.get(0)),
            meaning.stream().skip(1).map(line -> " ".repeat(hanging) + line))
        .toList();
  }
}
