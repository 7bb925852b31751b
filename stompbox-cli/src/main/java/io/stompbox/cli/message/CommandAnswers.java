package io.stompbox.cli.message;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.frame.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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
      Thread unused = inBackground(() -> give(process, request));
      WrittenOutput output = new WrittenOutput(process.getInputStream());
      Thread reader = inBackground(output::readAll);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return fault(Body.empty(), "no end within " + DurationConverter.text(limit));
      }
      // What it has left behind may keep its output open and write no more.
      reader.join(limit.toMillis());
      Body reply = Body.of(output.octets());
      int status = process.exitValue();
      return status == 0 ? Answer.of(reply) : fault(reply, "exit status " + status);
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
          "cannot run " + command.get(0) + ": " + Failure.reasonOf(e),
          "the request was not acknowledged, so it comes again");
    }
  }

  private static void give(Process process, Body request) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(request.toBytes());
    } catch (IOException closed) {
      // A command need not read what it is given.
    }
  }

  private static Answer fault(Body output, String fault) {
    return new Answer(output, Optional.of(fault));
  }

  private static Thread inBackground(Runnable work) {
    Thread thread = new Thread(work, "stompbox-command");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** What a command has written so far, up to a limit. */
  private static final class WrittenOutput {
    private final InputStream stream;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    WrittenOutput(InputStream stream) {
      this.stream = stream;
    }

    void readAll() {
      byte[] part = new byte[8192];
      try {
        int length = stream.read(part);
        while (length >= 0 && octets.size() < MOST_OCTETS) {
          octets.write(part, 0, Math.min(length, MOST_OCTETS - octets.size()));
          length = stream.read(part);
        }
      } catch (IOException closed) {
        // The command was ended; what it wrote before is here.
      }
    }

    /** Returns the octets that were read; reading may go on. */
    byte[] octets() {
      return octets.toByteArray();
    }
  }
}
