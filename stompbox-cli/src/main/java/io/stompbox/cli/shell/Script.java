package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.InterruptibleInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a stream in UTF-8. Those that begin with {@code #} are comments. */
final class Script implements Lines {
  private final String name;
  private final BufferedReader text;
  private int number;

  /**
   * Creates one.
   *
   * @param name as mistakes are told, such as {@code orders.txt}
   * @param stream the caller closes it
   */
  Script(String name, InputStream stream) {
    this.name = name;
    this.text =
        new BufferedReader(
            new InputStreamReader(new InterruptibleInput(stream), StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String next() throws InterruptedException {
    try {
      String line = text.readLine();
      number++;
      while (line != null && line.stripLeading().startsWith("#")) {
        line = text.readLine();
        number++;
      }
      return line;
    } catch (InterruptedIOException e) {
      throw new InterruptedException("interrupted while waiting for a line of " + name);
    } catch (IOException e) {
      throw Failure.usage("cannot read " + name + ": " + Failure.reasonOf(e));
    }
  }

  @Override
  public String place() {
    return name + ":" + number + ": ";
  }

  @Override
  public boolean survivesInterrupts() {
    return false;
  }
}
