package io.stompbox.cli.setup;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.context.Context;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a context from the options of a connection. */
@Command(
    name = "add",
    header = "Make a context from the options of a connection.",
    description =
        "--password-file and --password-env are kept as they are, and looked at for each "
            + "connection. --ask-password asks once and stores the password in the context.",
    footer = {
      "  stompbox context add local -s stomp://localhost:61613",
      "  stompbox context add prod -s stomp+ssl://a:61614 -s stomp+ssl://b:61614 --select",
      "  stompbox context add test -s stomp://test:61613 -u me --password-env TEST_PASSWORD"
    })
final class ContextAddCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "NAME", description = "What it is called.")
  private String name = "";

  @Option(names = "--select", description = "Select it as well.")
  private boolean select;

  @Mixin private final ConnectionOptions connection;

  ContextAddCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() {
    Contexts contexts = new Contexts(environment.variables());
    if (contexts.has(name)) {
      throw Failure.usage(
          "there is a context '" + name + "' already",
          "stompbox context edit "
              + name
              + " changes it, stompbox context rm "
              + name
              + " removes it");
    }
    Context context = context();
    contexts.save(context);
    if (select) {
      contexts.select(Optional.of(name));
    }
    environment.tell("context " + name + " is in " + contexts.file(name));
    return ExitCode.OK.number();
  }

  private Context context() {
    if (connection.given().isEmpty()) {
      throw Failure.usage(
          "there is nothing to keep: no option of a connection is given",
          "such as stompbox context add " + name + " -s stomp://localhost:61613");
    }
    Map<String, String> given = connection.asContext();
    ConnectionOptions.check(new Context(name, Map.of()), given);
    return new Context(name, given);
  }
}
