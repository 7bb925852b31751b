package io.stompbox.cli.frames;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.InputSource;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** What a command reads: a file, or standard input. */
final class InputFile {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "What to read; - or nothing takes standard input.")
  private @Nullable String file;

  /** What to call it in failures. */
  String name() {
    return isStandardInput() ? "standard input" : String.valueOf(file);
  }

  private boolean isStandardInput() {
    return file == null || file.equals("-");
  }

  /** Opens it; an interrupt ends the waiting for standard input. */
  InputStream open(Environment environment) {
    return isStandardInput()
        ? InputSource.standardInput(environment)
        : InputSource.file(Path.of(name()));
  }
}
