package io.stompbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.protocol.frame.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One call of the command, in this process and with streams of its own. */
public final class Cli {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** The contexts of whoever runs the tests are none of their business. */
  private final Map<String, String> variables = new HashMap<>(Map.of("HOME", "/no/such/home"));

  private final Set<Terminal.Stream> terminals = EnumSet.noneOf(Terminal.Stream.class);
  private InputStream input = InputStream.nullInputStream();
  private OutputStream reader = out;
  private @Nullable String secret;
  private OptionalInt columns = OptionalInt.empty();
  private @Nullable FutureTask<Integer> running;
  private @Nullable Thread thread;

  /** Runs a command with nothing but arguments. */
  public static Result run(String... args) {
    return new Cli().call(args);
  }

  /** What a call left behind; the body is all of standard output. */
  public record Result(int status, Body body, String err) {
    public String out() {
      return body.text();
    }

    public Result assertThatItEndsWith(ExitCode code) {
      assertThat(status).as("exit status; standard error was:%n%s", err).isEqualTo(code.number());
      return this;
    }
  }

  public Cli input(byte[] octets) {
    return input(new ByteArrayInputStream(octets));
  }

  /** An input that may be open while the command runs. */
  public Cli input(InputStream stream) {
    input = stream;
    return this;
  }

  public Cli input(String text) {
    return input(text.getBytes(StandardCharsets.UTF_8));
  }

  public Cli variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Where contexts are kept. */
  public Cli configuration(Path folder) {
    return variable("XDG_CONFIG_HOME", folder.toString());
  }

  public Cli terminal(Terminal.Stream... streams) {
    terminals.addAll(Arrays.asList(streams));
    return this;
  }

  /** Who is asked for a secret answers this. */
  public Cli secret(String answer) {
    secret = answer;
    return this;
  }

  /** A terminal is this wide. */
  public Cli columns(int count) {
    columns = OptionalInt.of(count);
    return this;
  }

  /** Another reader of standard output. */
  public Cli reader(OutputStream stream) {
    reader = stream;
    return this;
  }

  public Environment environment() {
    return new Environment(
        input,
        reader,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        variables,
        new Terminal(terminals, prompt -> Optional.ofNullable(secret), () -> columns));
  }

  /** The command that arguments describe, without running it. */
  public static <T> T command(Class<T> type, String... args) {
    return type.cast(new Cli().parse(args).userObject());
  }

  /** What picocli makes of arguments. */
  public CommandSpec parse(String... args) {
    ParseResult parsed = Main.commandLine(new StompboxCommand(), environment()).parseArgs(args);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed.commandSpec();
  }

  public Result call(String... args) {
    int status = Main.run(args, environment());
    return new Result(status, Body.of(out.toByteArray()), err());
  }

  /** Runs a command in a thread of its own. */
  public Cli start(String... args) {
    Environment environment = environment();
    FutureTask<Integer> task = new FutureTask<>(() -> Main.run(args, environment));
    Thread runner = new Thread(task, "stompbox " + String.join(" ", args));
    runner.setDaemon(true);
    runner.start();
    running = task;
    thread = runner;
    return this;
  }

  /** Waits until standard error contains a text. */
  public Cli awaitErr(String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(err()).contains(text));
    return this;
  }

  /** Waits until standard output contains a text. */
  public Cli awaitOut(String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8)).contains(text));
    return this;
  }

  /** What standard output has so far. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Does what Ctrl-C does. */
  public Cli interrupt() {
    if (thread == null) {
      throw new IllegalStateException("nothing was started");
    }
    thread.interrupt();
    return this;
  }

  /** Waits for the end of what was started. */
  public Result end() throws Exception {
    if (running == null) {
      throw new IllegalStateException("nothing was started");
    }
    int status = running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return new Result(status, Body.of(out.toByteArray()), err());
  }
}
