package io.stompbox.cli.setup;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.context.ContextNames;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Output;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the values of a context. */
@Command(
    name = "show",
    header = "Show what a context has; secrets are hidden.",
    footer = {"  stompbox context show", "  stompbox context show prod -o json"})
final class ContextShowCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      completionCandidates = ContextNames.class,
      description = "Which one. Default: the selected one")
  private @Nullable String name;

  @Mixin private final ContextOutput form = new ContextOutput();

  ContextShowCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Contexts contexts = new Contexts(environment.variables());
    Context context = contexts.load(contexts.nameOrSelected(name));
    boolean isSelected = contexts.selected().filter(context.name()::equals).isPresent();
    Output output = new Output(environment.out());
    if (form.isJson()) {
      output.line(ContextOutput.json(context, contexts.file(context.name()), isSelected));
    } else {
      context.shown().forEach((key, value) -> output.line(key + "=" + value));
    }
    return ExitCode.OK.number();
  }
}
