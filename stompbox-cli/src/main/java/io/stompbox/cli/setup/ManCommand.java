package io.stompbox.cli.setup;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.SafeFolder;
import io.stompbox.cli.process.ToolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes manual pages. */
@Command(
    name = "man",
    header = "Write manual pages, one for each command.",
    footer = {"  stompbox man ~/.local/share/man/man1", "  man stompbox-send"})
public final class ManCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DIR", description = "Where to; made if it is not there.")
  private Path folder = Path.of(".");

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  public ManCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<CommandSpec> commands = CommandTree.all(spec.root());
    try {
      SafeFolder.ensure(folder);
      for (CommandSpec command : commands) {
        Files.writeString(
            folder.resolve(ManPage.name(command) + ".1"),
            ManPage.of(command, ToolVersion.number()));
      }
    } catch (IOException e) {
      throw Failure.usage("cannot write pages into " + folder + ": " + Failure.reasonOf(e));
    }
    environment.tell("%d manual pages are in %s".formatted(commands.size(), folder));
    return ExitCode.OK.number();
  }
}
