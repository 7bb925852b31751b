package io.stompbox.cli.process;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens what a command reads. */
public final class InputSource {
  private InputSource() {}

  /** Standard input, whose reads an interrupt ends. Whoever sits at a keyboard is told so. */
  public static InputStream standardInput(Environment environment) {
    if (environment.terminal().has(Terminal.Stream.INPUT)) {
      environment.tell("reading from the keyboard; Ctrl-D ends it");
    }
    return new InterruptibleInput(environment.in());
  }

  /**
   * Opens a file, which may be a pipe or a device; the caller closes it.
   *
   * @param adviceIfMissing what to say if there is no such file
   * @throws Failure if it can't be read
   */
  public static InputStream file(Path file, String... adviceIfMissing) {
    if (Files.isDirectory(file)) {
      throw Failure.usage("cannot read " + file + ": it is a directory");
    }
    try {
      InputStream octets = Files.newInputStream(file);
      return Files.isRegularFile(file) ? new BufferedInputStream(octets) : new Pipe(octets);
    } catch (NoSuchFileException e) {
      throw Failure.usage("cannot read " + file + ": there is no such file", adviceIfMissing);
    } catch (IOException e) {
      throw Failure.ofInput(file.toString(), e);
    }
  }

  /**
   * What may wait for somebody to write, as standard input may by its name. It has no position: the
   * JDK's stream of a file fails on it when asked what is available, so that question does not get
   * there.
   */
  private static final class Pipe extends FilterInputStream {
    private final InputStream octets;

    Pipe(InputStream octets) {
      super(new InterruptibleInput(octets, InterruptibleInput.SIGNAL_MILLIS));
      this.octets = octets;
    }

    @Override
    public void close() throws IOException {
      super.close();
      octets.close();
    }
  }
}
