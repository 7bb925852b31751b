package io.stompbox.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** A shell that a test types into, line by line, while it looks at what is shown. */
final class TypedShell implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FutureTask<Integer> running;

  private TypedShell(String... args) throws IOException {
    Environment environment =
        new Environment(
            new PipedInputStream(keys),
            out,
            new PrintStream(err, true, UTF_8),
            Map.of(),
            new Terminal(Set.of(), prompt -> Optional.empty(), OptionalInt::empty));
    ShellCommand command = new ShellCommand(environment);
    new CommandLine(command).parseArgs(args);
    running = new FutureTask<>(() -> call(command));
    Thread thread = new Thread(running, "typed shell");
    thread.setDaemon(true);
    thread.start();
  }

  private static int call(ShellCommand command) throws Exception {
    try {
      return command.call();
    } catch (Failure e) {
      return e.code().number();
    }
  }

  static TypedShell start(String... args) throws IOException {
    return new TypedShell(args);
  }

  TypedShell type(String line) {
    try {
      keys.write((line + "\n").getBytes(UTF_8));
      keys.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  TypedShell awaitOut(String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(out.toString(UTF_8)).contains(text));
    return this;
  }

  TypedShell awaitErr(String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(err.toString(UTF_8)).contains(text));
    return this;
  }

  /** Types a line again and again until its answer has a text. */
  TypedShell typeUntilOut(String line, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(type(line).out.toString(UTF_8)).contains(text));
    return this;
  }

  /** Ends the input and returns the exit status. */
  int end() throws Exception {
    keys.close();
    return status();
  }

  /** Waits until it has ended by itself, and returns the exit status. */
  int status() throws Exception {
    return running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  String err() {
    return err.toString(UTF_8);
  }

  String out() {
    return out.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    keys.close();
  }
}
