package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who logs in, and where the password is: in one place at most, and never in an argument. */
final class LoginFlags {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "Who logs in. Default: $STOMPBOX_USER")
  private @Nullable String user;

  @Option(
      names = "--ask-password",
      description = "Ask for the password, without showing it. Default: $STOMPBOX_PASSWORD")
  private boolean ask;

  @Option(
      names = "--password-env",
      paramLabel = "VAR",
      description = "Take the password from this environment variable.")
  private @Nullable String variable;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Take the password from the first line of this file; - is standard input.")
  private @Nullable Path file;

  /** Whether the password is the first line of standard input. */
  boolean isOnInput() {
    return file != null && file.toString().equals("-");
  }

  void addTo(Map<String, String> values) {
    if (Stream.of(variable != null, file != null, ask).filter(given -> given).count() > 1) {
      throw Failure.usage(
          "there must be one password only",
          "give one of --password-env, --password-file and --ask-password");
    }
    if (user != null) {
      values.put("login", user);
    }
    if (variable != null) {
      values.put(Context.PASSWORD_VARIABLE, variable);
    }
    if (file != null) {
      values.put(Context.PASSWORD_FILE, file.toString());
    }
    if (ask) {
      values.put(Layer.ASK, "true");
    }
  }
}
