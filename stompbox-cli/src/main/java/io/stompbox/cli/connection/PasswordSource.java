package io.stompbox.cli.connection;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the password comes from: one place at most, and never the command line itself. */
final class PasswordSource {
  @Option(
      names = "--password-env",
      paramLabel = "VAR",
      description = "Take the password from this environment variable.")
  private @Nullable String variable;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Take the password from the first line of this file.")
  private @Nullable Path file;

  @Option(names = "--ask-password", description = "Ask for the password, without showing it.")
  private boolean ask;

  /** Whether there is a password to read. */
  boolean isGiven() {
    return variable != null || file != null || ask;
  }

  /** Returns the password of {@code whom}, which is for the prompt only. */
  String read(Environment environment, String whom) {
    if (Stream.of(variable != null, file != null, ask).filter(given -> given).count() > 1) {
      throw Failure.usage(
          "there must be one password only",
          "give one of --password-env, --password-file and --ask-password");
    }
    if (variable != null) {
      return fromVariable(environment, variable);
    }
    return file != null ? firstLine(file) : asked(environment, whom);
  }

  private static String fromVariable(Environment environment, String variable) {
    String value = environment.variables().get(variable);
    if (value == null) {
      throw Failure.usage(
          "the environment variable " + variable + " is not set",
          "export it, or use --password-file or --ask-password");
    }
    return value;
  }

  private static String asked(Environment environment, String whom) {
    return environment
        .terminal()
        .secrets()
        .apply("password of " + whom + ": ")
        .orElseThrow(
            () ->
                Failure.usage(
                    "there is no terminal to ask for the password on",
                    "use --password-env or --password-file"));
  }

  private static String firstLine(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return Objects.requireNonNullElse(reader.readLine(), "");
    } catch (IOException e) {
      throw Failure.usage("cannot read the password file " + file + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "access is denied";
    }
    return e instanceof CharacterCodingException ? "it is not UTF-8 text" : e.toString();
  }
}
