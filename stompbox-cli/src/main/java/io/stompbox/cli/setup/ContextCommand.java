package io.stompbox.cli.setup;

import io.stompbox.cli.process.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What is done with contexts: each verb is a command of its own. */
@Command(
    name = "context",
    header = "Keep what connections need under a name.",
    description =
        "A context has the brokers, the user, TLS files and whatever else the options of a "
            + "connection say. The selected one counts where no other is named; arguments and "
            + "environment variables go before it. Contexts are files that only you can read, "
            + "in $XDG_CONFIG_HOME/stompbox/contexts or ~/.config/stompbox/contexts. One that "
            + "others may change, as they may write to it or to its folder, is refused.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "  stompbox context add prod -s stomp+ssl://broker:61614 -u me --password-file ~/.secret",
      "  stompbox context select prod",
      "  stompbox context check",
      "  stompbox send --context prod /queue/orders hello"
    })
public final class ContextCommand {
  private ContextCommand() {}

  /** Returns the command with its verbs. */
  public static CommandLine withVerbs(Environment environment) {
    return new CommandLine(new ContextCommand())
        .addSubcommand(new ContextAddCommand(environment))
        .addSubcommand(new ContextListCommand(environment))
        .addSubcommand(new ContextShowCommand(environment))
        .addSubcommand(new ContextSelectCommand(environment))
        .addSubcommand(new ContextEditCommand(environment))
        .addSubcommand(new ContextRemoveCommand(environment))
        .addSubcommand(new ContextCheckCommand(environment));
  }
}
