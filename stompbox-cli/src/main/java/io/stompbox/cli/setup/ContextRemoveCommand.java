package io.stompbox.cli.setup;

import io.stompbox.cli.context.ContextNames;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes contexts. */
@Command(name = "rm", header = "Remove contexts.", footer = "  stompbox context rm test")
final class ContextRemoveCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      completionCandidates = ContextNames.class,
      description = "Which ones.")
  private List<String> names = new ArrayList<>();

  ContextRemoveCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Contexts contexts = new Contexts(environment.variables());
    names.forEach(contexts::remove);
    return ExitCode.OK.number();
  }
}
