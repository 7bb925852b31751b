package io.stompbox.cli.message;

import io.stompbox.cli.process.Failure;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that stand on the command line, as opposed to those that are left open. */
final class GivenOptions {
  private GivenOptions() {}

  /**
   * Refuses what would be ignored.
   *
   * @param names of options, each the longest that it has
   * @param reason why they mean nothing: what follows "where"
   * @throws Failure if one of them is given
   */
  static void refuse(CommandSpec command, Set<String> names, String reason) {
    for (OptionSpec given : command.commandLine().getParseResult().matchedOptions()) {
      if (names.contains(given.longestName())) {
        throw Failure.usage(given.longestName() + " means nothing where " + reason, "leave it out");
      }
    }
  }
}
