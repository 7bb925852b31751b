package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.InputSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the octets of bodies come from. */
final class InputOptions {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Take the body from this file; - is standard input.")
  private @Nullable Path file;

  /**
   * Returns the file to be read while it is sent; empty if the body is to be held, as that of a
   * pipe or a small file.
   *
   * @param body the argument; null if there is none
   */
  Optional<FileBody> largeFile(@Nullable String body) {
    check(body);
    if (file != null) {
      return isStandardInput(file) ? Optional.empty() : FileBody.of(file);
    }
    return body != null && isFile(body)
        ? FileBody.of(Path.of(body.substring(1)))
        : Optional.empty();
  }

  private void check(@Nullable String body) {
    if (file != null && body != null) {
      throw Failure.usage("there must be one body only", "give BODY or --file, not both");
    }
    if ("@".equals(body)) {
      throw Failure.usage("@ names no file", "@FILE takes a file; @@ as a body is one @");
    }
  }

  private static boolean isStandardInput(Path file) {
    return file.toString().equals("-");
  }

  private static boolean isFile(String body) {
    return body.startsWith("@") && !body.startsWith("@@");
  }

  /**
   * Opens it; the caller closes it.
   *
   * @param body the argument; null if there is none
   */
  InputStream open(@Nullable String body, Environment environment) {
    check(body);
    if (file != null && !isStandardInput(file)) {
      return InputSource.file(file);
    }
    if (body == null || body.equals("-")) {
      return InputSource.standardInput(environment);
    }
    return isFile(body)
        ? InputSource.file(
            Path.of(body.substring(1)), "text that begins with an @ is written as @@")
        : new ByteArrayInputStream(text(body).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String argument) {
    return argument.startsWith("@@") ? argument.substring(1) : argument;
  }
}
