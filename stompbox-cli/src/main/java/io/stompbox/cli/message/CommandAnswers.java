package io.stompbox.cli.message;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.frame.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command answers: it gets a request on standard input and writes the reply. */
final class CommandAnswers implements Answer.Source {
  private static final int MOST_OCTETS = 64 << 20;

  private final List<String> command;
  private final Duration limit;

  /**
   * Creates it.
   *
   * @param limit how long the command may take for a request
   */
  CommandAnswers(List<String> command, Duration limit) {
    this.command = List.copyOf(command);
    this.limit = limit;
  }

  @Override
  public Answer to(Body request) throws InterruptedException {
    Process process = start();
    try {
      FutureTask<Boolean> unused = inBackground(() -> give(process, request));
      FutureTask<byte[]> output =
          inBackground(() -> process.getInputStream().readNBytes(MOST_OCTETS));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return fault(Body.empty(), "no end within " + DurationConverter.text(limit));
      }
      Body reply = Body.of(output.get(limit.toMillis(), TimeUnit.MILLISECONDS));
      int status = process.exitValue();
      return status == 0 ? Answer.of(reply) : fault(reply, "exit status " + status);
    } catch (TimeoutException e) {
      return fault(Body.empty(), "it has left somebody behind who keeps its output open");
    } catch (ExecutionException e) {
      return fault(Body.empty(), "its output can't be read: " + e.getCause());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw Failure.usage(
          "cannot run " + command.get(0) + ": " + e.getMessage(),
          "the request was not acknowledged, so it comes again");
    }
  }

  /** A command need not read what it is given. */
  private static boolean give(Process process, Body request) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(request.toBytes());
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  private static Answer fault(Body output, String fault) {
    return new Answer(output, Optional.of(fault));
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "stompbox-command");
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
