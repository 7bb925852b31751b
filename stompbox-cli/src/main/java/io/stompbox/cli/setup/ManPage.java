package io.stompbox.cli.setup;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command as a manual page in roff, with the macros of man(7). */
final class ManPage {
  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /** The name of the page: that of the command, with its words joined. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  static String of(CommandSpec command, String version) {
    ManPage page = new ManPage(command);
    String title = name(command).toUpperCase(Locale.ROOT);
    page.request(".TH " + quoted(title) + " 1 \"\" " + quoted("stompbox " + version) + " Stompbox");
    // What is copied must not be hyphenated, nor have blanks that are not there.
    page.request(".nh");
    page.request(".ad l");
    page.head();
    page.arguments();
    page.commands();
    page.foot();
    return page.page.toString();
  }

  private void head() {
    request(".SH NAME");
    text(name(command) + " - " + CommandTree.header(command));
    request(".SH SYNOPSIS");
    request(".B " + quoted(CommandTree.synopsis(command)));
    CommandTree.aliases(command)
        .forEach(
            alias -> {
              request(".br");
              request(".B " + quoted(alias) + " ...");
            });
    String[] description = command.usageMessage().description();
    if (description.length > 0) {
      request(".SH DESCRIPTION");
      for (int i = 0; i < description.length; i++) {
        if (i > 0) {
          request(".PP");
        }
        text(description[i]);
      }
    }
  }

  private void arguments() {
    if (!command.positionalParameters().isEmpty()) {
      request(".SH ARGUMENTS");
      command
          .positionalParameters()
          .forEach(one -> entry(italic(one.paramLabel()), CommandTree.description(one)));
    }
    List<OptionSpec> options = CommandTree.options(command);
    if (!options.isEmpty()) {
      request(".SH OPTIONS");
      options.forEach(option -> entry(names(option), CommandTree.description(option)));
    }
  }

  private static String names(OptionSpec option) {
    String names =
        List.of(option.names()).stream().map(ManPage::bold).collect(Collectors.joining(", "));
    if (CommandTree.isFlag(option)) {
      return names;
    }
    String label = italic(option.paramLabel());
    return option.arity().min() == 0 ? names + "[=" + label + "]" : names + " " + label;
  }

  private void commands() {
    List<CommandSpec> below = CommandTree.below(command);
    if (!below.isEmpty()) {
      request(".SH COMMANDS");
      below.forEach(one -> entry(bold(name(one)) + "(1)", List.of(CommandTree.header(one) + ".")));
    }
  }

  private void foot() {
    List<String> examples = CommandTree.examples(command);
    if (!examples.isEmpty()) {
      request(".SH EXAMPLES");
      request(".nf");
      examples.forEach(this::text);
      request(".fi");
    }
    request(".SH EXIT STATUS");
    command
        .root()
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> entry(bold(code), List.of(meaning)));
    if (command.parent() != null) {
      request(".SH SEE ALSO");
      request(".BR " + escaped(name(command.parent())) + " (1)");
    }
  }

  private void entry(String term, List<String> meaning) {
    request(".TP");
    request(term);
    text(meaning.get(0));
    for (String line : meaning.subList(1, meaning.size())) {
      request(".br");
      text(line);
    }
  }

  private void request(String line) {
    page.append(line).append('\n');
  }

  private void text(String lines) {
    for (String line : lines.split("\n", -1)) {
      String escaped = escaped(line);
      boolean isRequest = escaped.startsWith(".") || escaped.startsWith("'");
      page.append(isRequest ? "\\&" : "").append(escaped).append('\n');
    }
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /** A hyphen that can be copied is escaped, as a bare one may become a dash. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }
}
