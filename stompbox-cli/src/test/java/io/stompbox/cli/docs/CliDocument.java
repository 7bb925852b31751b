package io.stompbox.cli.docs;

import io.stompbox.cli.Cli;
import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Wrapped;
import io.stompbox.cli.setup.CommandTree;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The parts of docs/cli.md that come from the definitions of commands. */
final class CliDocument {
  private static final Pattern PART =
      Pattern.compile("(?s)(<!-- generated: (\\w+) -->\n).*?(<!-- end of \\2 -->)");

  private static final int WIDTH = 100;

  private final CommandSpec root = new Cli().parse();
  private final List<OptionSpec> ofConnections =
      CommandSpec.forAnnotatedObject(new ConnectionOptions(new Cli().environment())).options();

  /** Returns the document with its generated parts as they should be. */
  String current(String document) {
    return PART.matcher(document)
        .replaceAll(
            part ->
                Matcher.quoteReplacement(
                    part.group(1) + "\n" + part(part.group(2)) + "\n" + part.group(3)));
  }

  private String part(String name) {
    return switch (name) {
      case "verbs" -> verbs();
      case "everywhere" ->
          table(
              CommandTree.options(root).stream()
                  .filter(option -> option.scopeType() == ScopeType.INHERIT)
                  .toList());
      case "connection" -> table(ofConnections);
      case "exits" -> exits();
      case "commands" -> commands();
      default -> throw new IllegalArgumentException("docs/cli.md wants an unknown part: " + name);
    };
  }

  private String verbs() {
    return CommandTree.below(root).stream()
        .map(
            verb ->
                "* [%s](#%s): %s\n"
                    .formatted(names(verb), anchor(verb), text(CommandTree.header(verb))))
        .collect(Collectors.joining());
  }

  private static String names(CommandSpec command) {
    return command.names().stream()
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(" or "));
  }

  private static String anchor(CommandSpec command) {
    return command.qualifiedName().replace(' ', '-');
  }

  private static String exits() {
    return "| code | meaning |\n| --- | --- |\n"
        + Arrays.stream(ExitCode.values())
            .map(code -> "| %d | %s |\n".formatted(code.number(), text(code.meaning())))
            .collect(Collectors.joining());
  }

  private String commands() {
    return CommandTree.all(root).stream()
        .filter(command -> command.parent() != null)
        .map(this::command)
        .collect(Collectors.joining("\n"));
  }

  private String command(CommandSpec command) {
    StringBuilder text = new StringBuilder();
    String level = command.parent() == root ? "### " : "#### ";
    text.append(level).append(command.qualifiedName()).append("\n\n");
    text.append(text(CommandTree.header(command))).append(".\n\n");
    text.append("    ").append(CommandTree.synopsis(command)).append("\n\n");
    CommandTree.aliases(command)
        .forEach(alias -> text.append("`").append(alias).append("` is the same.\n\n"));
    String[] description = command.usageMessage().description();
    if (description.length > 0) {
      Stream.of(description)
          .flatMap(part -> Wrapped.lines(text(part), WIDTH).stream())
          .forEach(line -> text.append(line).append('\n'));
      text.append('\n');
    }
    List<ArgSpec> own = own(command);
    if (!own.isEmpty()) {
      text.append(table(own)).append('\n');
    }
    if (hasConnection(command)) {
      text.append("It takes the [options of a connection](#options-of-a-connection) as well.\n\n");
    }
    CommandTree.examples(command)
        .forEach(line -> text.append(line.isEmpty() ? "" : "  " + line).append('\n'));
    return text.toString().stripTrailing() + "\n";
  }

  private List<ArgSpec> own(CommandSpec command) {
    Set<String> known =
        Stream.concat(root.options().stream(), shared(command))
            .map(OptionSpec::longestName)
            .collect(Collectors.toSet());
    Stream<OptionSpec> options =
        CommandTree.options(command).stream()
            .filter(option -> !known.contains(option.longestName()));
    return Stream.<ArgSpec>concat(CommandTree.arguments(command).stream(), options).toList();
  }

  private Stream<OptionSpec> shared(CommandSpec command) {
    return hasConnection(command) ? ofConnections.stream() : Stream.empty();
  }

  private static boolean hasConnection(CommandSpec command) {
    return command.mixins().values().stream()
        .anyMatch(mixin -> mixin.userObject() instanceof ConnectionOptions || hasConnection(mixin));
  }

  private static String table(List<? extends ArgSpec> arguments) {
    return "| option | meaning |\n| --- | --- |\n"
        + arguments.stream().map(CliDocument::row).collect(Collectors.joining());
  }

  private static String row(ArgSpec argument) {
    String names =
        argument instanceof OptionSpec option ? CommandTree.names(option) : argument.paramLabel();
    String meaning =
        CommandTree.description(argument).stream()
            .map(CliDocument::text)
            .collect(Collectors.joining("<br>"));
    return "| `%s` | %s |\n".formatted(names.replace("|", "\\|"), meaning);
  }

  /** What has a meaning in Markdown. */
  private static String text(String plain) {
    return plain
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "\\<")
        .replace("*", "\\*")
        .strip();
  }
}
