package io.stompbox.cli.setup;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the contexts. */
@Command(
    name = "ls",
    header = "List the contexts; the selected one has a *.",
    footer = "  stompbox context ls -o json      a line for each, secrets hidden")
final class ContextListCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private final ContextOutput form = new ContextOutput();

  ContextListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Contexts contexts = new Contexts(environment.variables());
    Optional<String> selected = contexts.selected();
    int width = contexts.names().stream().mapToInt(String::length).max().orElse(0);
    Output output = new Output(environment.out());
    for (String name : contexts.names()) {
      boolean isSelected = selected.filter(name::equals).isPresent();
      load(contexts, name)
          .map(
              context ->
                  form.isJson()
                      ? ContextOutput.json(context, contexts.file(name), isSelected)
                      : line(context, isSelected, width))
          .ifPresent(output::line);
    }
    if (contexts.names().isEmpty()) {
      environment.tell("there are no contexts; stompbox context add NAME -s URI makes one");
    }
    return ExitCode.OK.number();
  }

  /** One that can't be read doesn't keep the others from being listed. */
  private Optional<Context> load(Contexts contexts, String name) {
    try {
      return Optional.of(contexts.load(name));
    } catch (Failure broken) {
      environment.tell("context " + name + ": " + broken.getMessage());
      return Optional.empty();
    }
  }

  private static String line(Context context, boolean isSelected, int width) {
    String server = context.shown().getOrDefault(Context.SERVER, "");
    String line = (isSelected ? "* " : "  ") + context.name();
    return server.isEmpty()
        ? line
        : (line + " ".repeat(width)).substring(0, width + 2) + "  " + server;
  }
}
