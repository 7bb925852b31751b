package io.stompbox.cli.connection;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Where a password is. */
sealed interface PasswordPlace {
  /** Where a system has what a process has opened already. */
  List<String> OPEN_ALREADY = List.of("/dev/fd", "/dev/stdin", "/proc/self/fd");

  /** What lets others read a file. */
  Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  /** Of octets in a first line. */
  int LONGEST = 64 * 1024;

  /** In an environment variable. */
  record Variable(String name) implements PasswordPlace {}

  /** In the first line of a file; {@code -} is standard input. */
  record FirstLine(Path file) implements PasswordPlace {}

  /** In the head of whoever sits at the terminal. */
  record Asked() implements PasswordPlace {}

  /** Known already. */
  record Known(String password) implements PasswordPlace {
    /** Never shows it. */
    @Override
    public String toString() {
      return "Known[***]";
    }
  }

  /** Returns the password of {@code whom}, which is for the prompt only. */
  default String read(Environment environment, String whom) {
    if (this instanceof Variable variable) {
      return fromVariable(environment, variable.name());
    }
    if (this instanceof FirstLine line) {
      return firstLine(environment, line.file());
    }
    return this instanceof Known known ? known.password() : asked(environment, whom);
  }

  private static String fromVariable(Environment environment, String variable) {
    String value = environment.variables().get(variable);
    if (value == null) {
      throw Failure.usage(
          "the environment variable " + variable + " is not set",
          "export it, or use --password-file or --ask-password");
    }
    return value;
  }

  private static String asked(Environment environment, String whom) {
    return environment
        .terminal()
        .secrets()
        .apply("password of " + whom + ": ")
        .orElseThrow(
            () ->
                Failure.usage(
                    "there is no terminal to ask for the password on",
                    "use --password-env or --password-file"));
  }

  private static String firstLine(Environment environment, Path file) {
    boolean isInput = file.toString().equals("-");
    String place = isInput ? "the password from standard input" : "the password file " + file;
    String line;
    try {
      line = isInput ? firstLine(environment.in()) : firstLine(file);
    } catch (IOException e) {
      throw Failure.usage("cannot read " + place + ": " + Failure.reasonOf(e));
    }
    if (line.isEmpty()) {
      throw Failure.usage(
          "cannot read " + place + ": its first line is empty",
          "the password is the whole first line; leave the option out where there is none");
    }
    if (!isInput && isReadableByOthers(file)) {
      environment.insist(
          "warning: others may read the password file " + file + ": chmod 600 " + file);
    }
    return line;
  }

  /** A context in that state is refused, but such a file may be somebody else's to make. */
  private static boolean isReadableByOthers(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException unknown) {
      // Nobody is warned of what is not known, as on file systems without such permissions.
      return false;
    }
  }

  /** A FIFO would be waited for, but not one that the shell has opened: {@code <(pass broker)}. */
  private static String firstLine(Path file) throws IOException {
    boolean isOpen = OPEN_ALREADY.stream().anyMatch(file::startsWith);
    if (Files.exists(file) && !Files.isRegularFile(file) && !isOpen) {
      throw new FileSystemException(file.toString(), null, "it is no regular file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return firstLine(stream);
    }
  }

  /** Octet by octet, as what follows the line on standard input is for somebody else. */
  private static String firstLine(InputStream stream) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = stream.read(); octet >= 0 && octet != '\n'; octet = stream.read()) {
      if (line.size() == LONGEST) {
        throw new IOException("its first line is longer than " + Octets.text(LONGEST));
      }
      line.write(octet);
    }
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
