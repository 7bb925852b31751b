package io.stompbox.cli;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.setup.CommandTree;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks, the same for all commands. */
final class HelpStyle {
  private static final int NARROWEST = 60;
  private static final int USUAL = 80;

  /** Longer lines are hard to read. */
  private static final int WIDEST = 100;

  private HelpStyle() {}

  /**
   * Styles a command and those below it.
   *
   * @param columns asked when help is shown, and then once: it may take a program to know
   */
  static void apply(CommandLine root, Supplier<OptionalInt> columns) {
    Width width = new Width(columns);
    style(root, width);
    root.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    root.getCommandSpec().usageMessage().exitCodeList(exitCodes());
  }

  /** Lets help have colours, or not. */
  static void colour(CommandLine root, boolean isColoured) {
    root.setColorScheme(CommandLine.Help.defaultColorScheme(isColoured ? Ansi.ON : Ansi.OFF));
  }

  private static void style(CommandLine command, Width width) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    command.setHelpFactory(
        (specification, colours) -> {
          specification.usageMessage().width(width.get());
          return new CommandLine.Help(specification, colours);
        });
    Map<String, IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpTable::description);
    sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpTable::ofArguments);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpTable::ofOptions);
    // Examples are typed as they stand, so they are not wrapped.
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> footer(help.commandSpec()));
    usage.sortOptions(false);
    usage.abbreviateSynopsis(true);
    usage.synopsisHeading("%nUsage: ");
    usage.descriptionHeading(usage.description().length == 0 ? "" : "%n");
    usage.parameterListHeading("%nArguments:%n");
    usage.optionListHeading("%nOptions:%n");
    usage.commandListHeading("%nCommands:%n");
    usage.footerHeading(usage.footer().length == 0 ? "" : "%nExamples:%n");
    command.getSubcommands().values().forEach(below -> style(below, width));
  }

  private static String footer(CommandSpec command) {
    return CommandTree.examples(command).stream()
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> list = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> list.put(String.valueOf(code.number()), code.meaning()));
    return list;
  }

  /** How wide help is, once that was found out. */
  private static final class Width {
    private final Supplier<OptionalInt> columns;

    /** In columns; 0 before somebody has asked. */
    private int known;

    Width(Supplier<OptionalInt> columns) {
      this.columns = columns;
    }

    int get() {
      if (known == 0) {
        known = Math.max(NARROWEST, Math.min(WIDEST, columns.get().orElse(USUAL)));
      }
      return known;
    }
  }
}
