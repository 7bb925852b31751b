package io.stompbox.cli.setup;

import io.stompbox.cli.context.ContextNames;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Selects a context. */
@Command(
    name = "select",
    header = "Let a context count where no other is named.",
    footer = {"  stompbox context select prod", "  stompbox context select none"})
final class ContextSelectCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = ContextNames.class,
      description = "Which one, or none.")
  private String name = "";

  ContextSelectCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Contexts contexts = new Contexts(environment.variables());
    contexts.select(Optional.of(name).filter(text -> !text.equals(Contexts.NONE)));
    return ExitCode.OK.number();
  }
}
