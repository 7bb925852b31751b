package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.InputSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the octets of bodies come from. */
final class InputOptions {
  @Option(names = "--file", paramLabel = "FILE", description = "Take the body from this file.")
  private @Nullable Path file;

  /**
   * Opens it; the caller closes it.
   *
   * @param body the argument; null if there is none
   */
  InputStream open(@Nullable String body, Environment environment) {
    if (file != null) {
      if (body != null) {
        throw Failure.usage("there must be one body only", "give BODY or --file, not both");
      }
      return InputSource.file(file);
    }
    if (body == null || body.equals("-")) {
      return InputSource.standardInput(environment);
    }
    return body.startsWith("@") && !body.startsWith("@@")
        ? InputSource.file(
            Path.of(body.substring(1)), "text that begins with an @ is written as @@")
        : new ByteArrayInputStream(text(body).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String argument) {
    return argument.startsWith("@@") ? argument.substring(1) : argument;
  }
}
