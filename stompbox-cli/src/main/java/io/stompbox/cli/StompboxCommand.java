package io.stompbox.cli;

import io.stompbox.cli.process.Manner;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

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
      "stompbox COMMAND --help tells more, and so does stompbox help COMMAND."
    })
final class StompboxCommand {
  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures, and what the library logs.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description =
          "Say nothing on standard error but failures. What explains an exit code other than 0 is "
              + "one, and so is a password that others can read.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      converter = ColoursConverter.class,
      completionCandidates = ColoursConverter.class,
      description = "auto, always or never. Default: auto, which heeds NO_COLOR")
  private Manner.Colours colours = Manner.Colours.AUTO;

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

  /** Lets a command talk as its user wants. */
  void setManner(Manner manner) {
    if (quiet) {
      manner.beQuiet();
    }
    manner.colours(colours);
  }

  boolean isVerbose() {
    return verbose;
  }

  /** Reads when there are colours. */
  static final class ColoursConverter implements ITypeConverter<Manner.Colours>, Iterable<String> {
    /** What a shell may complete. */
    @Override
    public Iterator<String> iterator() {
      return List.of("auto", "always", "never").iterator();
    }

    @Override
    public Manner.Colours convert(String text) {
      return switch (text) {
        case "auto" -> Manner.Colours.AUTO;
        case "always" -> Manner.Colours.ALWAYS;
        case "never" -> Manner.Colours.NEVER;
        default ->
            throw new TypeConversionException("'" + text + "' must be auto, always or never");
      };
    }
  }
}
