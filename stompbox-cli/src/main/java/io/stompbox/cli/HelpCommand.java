package io.stompbox.cli;

import io.stompbox.cli.process.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What {@code --help} shows, for those who write it as a verb. */
@Command(
    name = "help",
    hidden = true,
    header = "Show the help of a command.",
    footer = {"  stompbox help", "  stompbox help context add"})
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, and the one below it if there is one.")
  private List<String> path = List.of();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  HelpCommand() {}

  @Override
  public Integer call() {
    CommandLine line = spec.root().commandLine();
    for (String name : path) {
      CommandLine below = line.getSubcommands().get(name);
      if (below == null) {
        throw new UnmatchedArgumentException(line, List.of(name));
      }
      line = below;
    }
    line.usage(line.getOut());
    return ExitCode.OK.number();
  }
}
