package io.stompbox.bench.endtoend.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM with the class path of this one. It ends with this one, by its standard input or here. */
final class ChildJvm implements AutoCloseable {
  private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts a main class; what it prints to standard error is printed here. */
  static ChildJvm start(Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(HEAP);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Returns the first line of its output that begins with that; empty if it ends without. */
  Optional<String> line(String prefix) throws IOException {
    @Nullable String line = output.readLine();
    while (line != null && !line.startsWith(prefix)) {
      line = output.readLine();
    }
    return Optional.ofNullable(line);
  }

  /** Returns the number of its process. */
  long pid() {
    return process.pid();
  }

  /** Stops it if it still runs after {@code seconds}. */
  void limit(long seconds) {
    Thread limit =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                process.destroyForcibly();
              }
            },
            "limit");
    limit.setDaemon(true);
    limit.start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
