package io.stompbox.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.cli.Cli;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are read, pipes with names among them: a shell makes such of {@code <(...)}. */
@DisabledOnOs(OS.WINDOWS)
class InputSourceTest {
  @Test
  void pipeWithANameIsReadAsAFile(@TempDir Path folder) throws Exception {
    Path pipe = pipe(folder);
    CompletableFuture<Void> writer = write(pipe, "first\nsecond\n");

    try (InputStream octets = InputSource.file(pipe)) {
      assertThat(octets.available()).isZero();
      assertThat(octets.readAllBytes()).asString(UTF_8).isEqualTo("first\nsecond\n");
    }

    writer.join();
  }

  /** Which ends the writer as well, and the last line may be cut. */
  @Test
  void interruptThatComesRightBehindTheEndOfAPipeIsWaitedFor(@TempDir Path folder)
      throws Exception {
    Path pipe = pipe(folder);
    CompletableFuture<Void> writer = write(pipe, "first\nsec");
    long start = System.nanoTime();

    try (InputStream octets = InputSource.file(pipe)) {
      assertThat(octets.readAllBytes()).asString(UTF_8).isEqualTo("first\nsec");
    }

    assertThat(System.nanoTime() - start)
        .isGreaterThanOrEqualTo(MILLISECONDS.toNanos(InterruptibleInput.SIGNAL_MILLIS));
    writer.join();
  }

  @Test
  void interruptEndsTheWaitingForAPipe(@TempDir Path folder) throws Exception {
    Path pipe = pipe(folder);
    CompletableFuture<OutputStream> writer =
        CompletableFuture.supplyAsync(() -> open(pipe), InputSourceTest::start);

    try (InputStream octets = InputSource.file(pipe)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(octets::read).isInstanceOf(InterruptedIOException.class);
    }
    writer.join().close();
  }

  /** Each reads in its own way: by lines, JSON, hex digits or octets. */
  @ParameterizedTest
  @CsvSource({
    "decode, 'A\n\n\0', '{\"offset\":0,\"command\":\"A\",\"headers\":[]}\n'",
    "decode --hex, 410a0a00, '{\"offset\":0,\"command\":\"A\",\"headers\":[]}\n'",
    "encode --hex, '{\"command\":\"A\"}', '410a0a00\n'"
  })
  void commandsReadPipes(String command, String input, String output, @TempDir Path folder)
      throws Exception {
    Path pipe = pipe(folder);
    CompletableFuture<Void> writer = write(pipe, input);

    Cli.Result result =
        Cli.run((command + " " + pipe).split(" ")).assertThatItEndsWith(ExitCode.OK);

    writer.join();
    assertThat(result.out()).isEqualTo(output);
  }

  private static Path pipe(Path folder) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static CompletableFuture<Void> write(Path pipe, String text) {
    return CompletableFuture.runAsync(
        () -> {
          try (OutputStream octets = open(pipe)) {
            octets.write(text.getBytes(UTF_8));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        InputSourceTest::start);
  }

  /** Who waits for a reader in vain must not keep a thread that others share. */
  private static void start(Runnable work) {
    Thread thread = new Thread(work, "writer of a pipe");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until somebody reads. */
  private static OutputStream open(Path pipe) {
    try {
      return Files.newOutputStream(pipe);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
