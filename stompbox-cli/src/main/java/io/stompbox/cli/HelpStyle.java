package io.stompbox.cli;

import io.stompbox.cli.process.ExitCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks, the same for all commands. */
final class HelpStyle {
  private static final int WIDTH = 96;

  private HelpStyle() {}

  static void apply(CommandLine root) {
    style(root);
    root.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    root.getCommandSpec().usageMessage().exitCodeList(exitCodes());
  }

  /** Lets help have colours, or not. */
  static void colour(CommandLine root, boolean isColoured) {
    root.setColorScheme(CommandLine.Help.defaultColorScheme(isColoured ? Ansi.ON : Ansi.OFF));
  }

  private static void style(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.width(WIDTH);
    usage.sortOptions(false);
    usage.abbreviateSynopsis(true);
    usage.synopsisHeading("%nUsage: ");
    usage.descriptionHeading(usage.description().length == 0 ? "" : "%n");
    usage.parameterListHeading("%nArguments:%n");
    usage.optionListHeading("%nOptions:%n");
    usage.commandListHeading("%nCommands:%n");
    usage.footerHeading(usage.footer().length == 0 ? "" : "%nExamples:%n");
    command.getSubcommands().values().forEach(HelpStyle::style);
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> list = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> list.put(String.valueOf(code.number()), code.meaning()));
    return list;
  }
}
