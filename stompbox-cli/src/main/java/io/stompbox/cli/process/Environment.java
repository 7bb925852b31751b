package io.stompbox.cli.process;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command sees of the world around it.
 *
 * @param in standard input
 * @param out standard output, for data only. It throws when nobody reads any more, as {@code
 *     System.out} does not
 * @param err standard error, for everything else
 * @param variables the environment variables
 * @param terminal which of the streams are a terminal
 */
public record Environment(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> variables,
    Terminal terminal) {

  public static Environment ofProcess() {
    return new Environment(
        System.in,
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        System.err,
        System.getenv(),
        Terminal.ofProcess());
  }

  /** Tells the user something on standard error. */
  public void tell(String line) {
    err.println("stompbox: " + line);
  }
}
