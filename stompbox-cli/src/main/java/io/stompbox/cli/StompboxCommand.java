package io.stompbox.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command without a verb, and the options that all verbs share. */
@Command(
    name = "stompbox",
    header = "The STOMP toolbox for the JVM.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionCommand.Provider.class,
    footer = {
      "  stompbox demo                                 see what it does",
      "  stompbox broker &                             a broker to try things with",
      "  stompbox send /queue/orders hello --receipt   send, and know that it arrived",
      "  stompbox listen /queue/orders -c 1            receive one message",
      "",
      "stompbox COMMAND --help tells more."
    })
final class StompboxCommand {
  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean version;

  boolean isVerbose() {
    return verbose;
  }
}
