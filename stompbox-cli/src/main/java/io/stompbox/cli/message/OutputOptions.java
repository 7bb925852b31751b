package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.cli.process.Terminal;
import io.stompbox.protocol.frame.Version;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How messages are written to standard output. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfMessage.class,
      completionCandidates = OutputForm.OfMessage.class,
      description = {
        "How messages are written:",
        "text  the bodies, a line feed behind each (default)",
        "json  an object a line, see docs/cli.md",
        "raw   the frames as they cross the wire"
      })
  private @Nullable OutputForm form;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = TokenFormat.Converter.class,
      description =
          "Write this for each message, and nothing else: %%b body, %%d "
              + "destination, %%i message id, %%s subscription, %%h{NAME} a header, "
              + "%%H all headers, %%t time, %%n number, %%l octets of the body, %%%% a %%; "
              + "\\n \\r \\t \\0 \\\\ are as usual.")
  private @Nullable TokenFormat format;

  @Option(
      names = "--headers-only",
      description = "Write the headers, a line each, and an empty line; no bodies.")
  private boolean headersOnly;

  /** Whether anything but the default was asked for. */
  boolean isGiven() {
    return form != null || format != null || headersOnly;
  }

  /** Checks that they go together. */
  void check() {
    if (Stream.of(form != null, format != null, headersOnly).filter(given -> given).count() > 1) {
      throw Failure.usage(
          "messages can be written in one way only", "give one of -o, -f and --headers-only");
    }
  }

  /**
   * Returns how messages are written.
   *
   * @param version of the frames
   */
  MessageView view(Environment environment, Version version) {
    boolean isTerminal = environment.terminal().has(Terminal.Stream.OUTPUT);
    if (headersOnly) {
      return TokenFormat.headersOnly().view(isTerminal);
    }
    if (format != null) {
      return format.view(isTerminal);
    }
    if (form == OutputForm.JSON) {
      return MessageView.json();
    }
    if (form == OutputForm.RAW) {
      return MessageView.raw(version);
    }
    return isTerminal ? MessageView.bodiesForTerminal() : MessageView.bodies();
  }
}
