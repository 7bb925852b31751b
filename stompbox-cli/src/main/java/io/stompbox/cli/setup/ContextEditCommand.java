package io.stompbox.cli.setup;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.context.Context;
import io.stompbox.cli.context.ContextNames;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes values of a context, or lets an editor do it. */
@Command(
    name = "edit",
    header = "Change a context, by options or in an editor.",
    description =
        "The options of a connection take the place of what the context has. Without any, "
            + "$VISUAL or $EDITOR shows its file; what can't be read afterwards is not taken.",
    footer = {
      "  stompbox context edit prod --timeout 30s --unset tls.trust",
      "  EDITOR=nano stompbox context edit prod"
    })
final class ContextEditCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      completionCandidates = ContextNames.class,
      description = "Which one. Default: the selected one")
  private @Nullable String name;

  @Option(
      names = "--unset",
      paramLabel = "VALUE",
      description = "Remove a value, by its name as show has it; may be given several times.")
  private List<String> unset = new ArrayList<>();

  @Mixin private final ConnectionOptions connection;

  ContextEditCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    Contexts contexts = new Contexts(environment.variables());
    String edited = contexts.nameOrSelected(name);
    Map<String, String> given = connection.asContext();
    if (given.isEmpty() && unset.isEmpty()) {
      contexts.edit(edited, this::show, ConnectionOptions::check);
    } else {
      contexts.save(changed(contexts.load(edited), given));
    }
    return ExitCode.OK.number();
  }

  private Context changed(Context before, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>(before.values());
    for (String key : unset) {
      if (values.remove(key) == null) {
        throw Failure.usage(
            "the context has no '" + key + "'",
            "it has " + (values.isEmpty() ? "no values" : String.join(", ", values.keySet())));
      }
    }
    if (given.keySet().stream().anyMatch(Context::isPassword)) {
      values.keySet().removeIf(Context::isPassword);
    }
    ConnectionOptions.check(new Context(before.name(), values), given);
    values.putAll(given);
    Context after = new Context(before.name(), values);
    ConnectionOptions.check(after);
    return after;
  }

  private void show(Path file) throws InterruptedException {
    String editor =
        environment
            .variables()
            .getOrDefault("VISUAL", environment.variables().getOrDefault("EDITOR", "vi"));
    try {
      // An editor may come with arguments, which a shell can tell apart.
      int status =
          new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw Failure.usage(
            "the editor '" + editor + "' ended with " + status + "; nothing was changed",
            "VISUAL or EDITOR names another one");
      }
    } catch (IOException e) {
      throw Failure.usage("cannot start the editor '" + editor + "': " + Failure.reasonOf(e));
    }
  }
}
