package io.stompbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call of the command, in this process and with streams of its own. */
final class Cli {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> variables = new HashMap<>();
  private final Set<Terminal.Stream> terminals = EnumSet.noneOf(Terminal.Stream.class);
  private byte[] input = {};
  private OutputStream reader = out;
  private @Nullable String secret;
  private @Nullable FutureTask<Integer> running;
  private @Nullable Thread thread;

  /** Runs a command with nothing but arguments. */
  static Result run(String... args) {
    return new Cli().call(args);
  }

  /** What a call left behind; the body is all of standard output. */
  record Result(int status, Body body, String err) {
    String out() {
      return body.text();
    }

    Result assertThatItEndsWith(ExitCode code) {
      assertThat(status).as("exit status; standard error was:%n%s", err).isEqualTo(code.number());
      return this;
    }
  }

  Cli input(byte[] octets) {
    input = octets;
    return this;
  }

  Cli input(String text) {
    return input(text.getBytes(StandardCharsets.UTF_8));
  }

  Cli variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Cli terminal(Terminal.Stream... streams) {
    terminals.addAll(Arrays.asList(streams));
    return this;
  }

  /** Who is asked for a secret answers this. */
  Cli secret(String answer) {
    secret = answer;
    return this;
  }

  /** Another reader of standard output. */
  Cli reader(OutputStream stream) {
    reader = stream;
    return this;
  }

  Environment environment() {
    return new Environment(
        new ByteArrayInputStream(input),
        reader,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        variables,
        new Terminal(terminals, prompt -> Optional.ofNullable(secret)));
  }

  Result call(String... args) {
    int status = Main.run(args, environment());
    return new Result(status, Body.of(out.toByteArray()), err());
  }

  /** Runs a command in a thread of its own. */
  Cli start(String... args) {
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
  Cli awaitErr(String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(err()).contains(text));
    return this;
  }

  /** Waits until standard output contains a text. */
  Cli awaitOut(String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8)).contains(text));
    return this;
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Does what Ctrl-C does. */
  Cli interrupt() {
    if (thread == null) {
      throw new IllegalStateException("nothing was started");
    }
    thread.interrupt();
    return this;
  }

  /** Waits for the end of what was started. */
  Result end() throws Exception {
    if (running == null) {
      throw new IllegalStateException("nothing was started");
    }
    int status = running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return new Result(status, Body.of(out.toByteArray()), err());
  }
}
