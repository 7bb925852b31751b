package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.InterruptibleInput;
import io.stompbox.cli.process.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
  InputStream open(@Nullable String body, Environment environment) throws IOException {
    if (file != null) {
      if (body != null) {
        throw Failure.usage("there must be one body only", "give BODY or --file, not both");
      }
      return open(file);
    }
    if (body == null || body.equals("-")) {
      return standardInput(environment);
    }
    return body.startsWith("@") && !body.startsWith("@@")
        ? open(Path.of(body.substring(1)))
        : new ByteArrayInputStream(text(body).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String argument) {
    return argument.startsWith("@@") ? argument.substring(1) : argument;
  }

  private static InputStream standardInput(Environment environment) {
    if (environment.terminal().has(Terminal.Stream.INPUT)) {
      environment.tell("reading from the keyboard; Ctrl-D ends it");
    }
    return new InterruptibleInput(environment.in());
  }

  private static InputStream open(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw Failure.usage("cannot read " + file + ": it is a directory");
      }
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw Failure.usage(
          "cannot read " + file + ": there is no such file",
          "text that begins with an @ is written as @@");
    } catch (AccessDeniedException e) {
      throw Failure.usage("cannot read " + file + ": access is denied");
    }
  }
}
