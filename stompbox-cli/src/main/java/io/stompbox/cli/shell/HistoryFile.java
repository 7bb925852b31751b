package io.stompbox.cli.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** Where lines that were typed are kept: the state folder of XDG, for its owner's eyes only. */
final class HistoryFile {
  private HistoryFile() {}

  /**
   * Returns the file, which is there then; empty if it can't be made.
   *
   * @param variables of the environment: {@code XDG_STATE_HOME}, or else {@code HOME}
   */
  static Optional<Path> in(Map<String, String> variables) {
    String state = variables.getOrDefault("XDG_STATE_HOME", "");
    String home = variables.getOrDefault("HOME", System.getProperty("user.home", ""));
    Path above = state.isEmpty() ? Path.of(home, ".local", "state") : Path.of(state);
    try {
      Path folder = Files.createDirectories(above).resolve("stompbox");
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder, onlyOwner(above, "rwx------"));
      }
      return Optional.of(make(folder.resolve("history")));
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return Optional.empty();
    }
  }

  private static Path make(Path file) throws IOException {
    try {
      return Files.createFile(file, onlyOwner(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  private static FileAttribute<?>[] onlyOwner(Path path, String letters) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(letters))
        }
        : new FileAttribute<?>[0];
  }
}
