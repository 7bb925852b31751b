package io.stompbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.cli.process.Failure;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Where picocli writes help and the version. A PrintWriter keeps to itself what went wrong. */
final class HelpOutput extends PrintWriter {
  private final Stream stream;

  HelpOutput(OutputStream target) {
    this(new Stream(target));
  }

  private HelpOutput(Stream stream) {
    super(stream, true, UTF_8);
    this.stream = stream;
  }

  /**
   * Checks that all that was written has arrived.
   *
   * @throws Failure if not
   */
  void check() {
    if (checkError() && stream.failure != null) {
      throw Failure.ofOutput(stream.failure);
    }
  }

  /** Keeps the first failure. */
  private static final class Stream extends FilterOutputStream {
    private @Nullable IOException failure;

    Stream(OutputStream target) {
      super(target);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      keepingFailure(() -> out.write(octets, offset, length));
    }

    @Override
    public void flush() throws IOException {
      keepingFailure(out::flush);
    }

    private void keepingFailure(Step step) throws IOException {
      try {
        step.run();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    private interface Step {
      void run() throws IOException;
    }
  }
}
