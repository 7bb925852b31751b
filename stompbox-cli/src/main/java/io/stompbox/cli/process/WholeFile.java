package io.stompbox.cli.process;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.UUID;

/** Files that are there as a whole, or as they were before. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file in one step: whoever reads gets the old one or the new one. What is no file, such
   * as {@code /dev/stdout}, is written to as it is.
   *
   * @param attributes of the new file
   * @throws IOException if it can't be written; then nothing has changed
   */
  public static void write(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    boolean isThere = Files.exists(file);
    if (isThere && !Files.isRegularFile(file)) {
      Files.writeString(file, text);
      return;
    }
    // A link stays, and what it leads to is written.
    Path target = isThere ? file.toRealPath() : file.toAbsolutePath();
    // Beside the target, as only within a file system a move is one step.
    Path temporary = target.resolveSibling(".stompbox-" + UUID.randomUUID() + ".tmp");
    try {
      Files.createFile(temporary, attributes);
      Files.writeString(temporary, text);
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
