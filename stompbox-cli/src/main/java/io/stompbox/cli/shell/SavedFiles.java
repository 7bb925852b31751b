package io.stompbox.cli.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Files that came with messages, each in one folder whatever its name says. None takes the place of
 * another.
 */
final class SavedFiles {
  private static final int LONGEST_NAME = 100;
  private static final int MOST_COPIES = 1000;
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}<>:\"|?*]");

  private final Path folder;
  private final LongSupplier epochSeconds;

  SavedFiles(Path folder, LongSupplier epochSeconds) {
    this.folder = folder;
    this.epochSeconds = epochSeconds;
  }

  /**
   * Saves a file.
   *
   * @param name as the sender says; only what is behind its last slash is used
   * @param base64 the content
   * @return where it is
   * @throws IllegalArgumentException if the content is no Base64
   * @throws IOException if it can't be written
   */
  Path save(String name, String base64) throws IOException {
    byte[] content = Base64.getDecoder().decode(base64.strip());
    String safe = safe(name);
    String later = safe + "." + epochSeconds.getAsLong();
    for (int copy = 0; copy < MOST_COPIES; copy++) {
      String tried = copy == 0 ? safe : copy == 1 ? later : later + "." + copy;
      try {
        return write(folder.resolve(tried), content);
      } catch (FileAlreadyExistsException taken) {
        // The next name may be free.
      }
    }
    throw new IOException(folder.resolve(later) + " and " + MOST_COPIES + " others exist");
  }

  /** A link is not followed: CREATE_NEW fails where anything has the name. */
  private static Path write(Path file, byte[] content) throws IOException {
    return Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Returns a name that stays in its folder, is not hidden and goes with every file system. */
  private static String safe(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = UNSAFE.matcher(last).replaceAll("_").replaceFirst("^[.\\s]+", "").strip();
    if (plain.isEmpty()) {
      return "file";
    }
    return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
  }
}
