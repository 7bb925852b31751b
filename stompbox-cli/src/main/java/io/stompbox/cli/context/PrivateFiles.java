package io.stompbox.cli.context;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Octets;
import io.stompbox.cli.process.WholeFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Files that only their owner can read, in folders that only their owner can look into. Where the
 * file system knows no such permissions, as on Windows, those of the folder above count.
 *
 * @param folder made when it is needed
 */
record PrivateFiles(Path folder) {
  private static final long LARGEST = 64 * 1024;

  private static final Set<PosixFilePermission> CHANGING =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> READING =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  /** Writes a file in one step. */
  void write(Path file, String text) {
    try {
      Path parent = Objects.requireNonNull(file.getParent(), "parent");
      makeFolder(parent);
      WholeFile.write(file, text, permissions(parent, "rw-------"));
    } catch (IOException e) {
      throw Failure.usage("cannot write " + file + ": " + Failure.reasonOf(e));
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it can't be read, is much larger than one of ours can be, or is
   *     something that would have to be waited for
   */
  static String read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is no regular file");
    }
    if (Files.size(file) > LARGEST) {
      throw new FileSystemException(
          file.toString(), null, "it is larger than " + Octets.text(LARGEST));
    }
    return Files.readString(file);
  }

  /** Returns a copy beside the file. */
  Path copy(Path file) {
    try {
      Path parent = Objects.requireNonNull(file.getParent(), "parent");
      Path copy =
          Files.createTempFile(parent, ".", ".properties", permissions(parent, "rw-------"));
      Files.writeString(copy, read(file));
      return copy;
    } catch (IOException e) {
      throw Failure.usage("cannot copy " + file + ": " + Failure.reasonOf(e));
    }
  }

  private void makeFolder(Path wanted) throws IOException {
    if (!wanted.startsWith(folder) || Files.isDirectory(wanted)) {
      return;
    }
    if (wanted.equals(folder)) {
      // What is above belongs to all programs, which have their own idea of its permissions.
      Files.createDirectories(Objects.requireNonNull(folder.getParent(), "parent"));
    } else {
      makeFolder(Objects.requireNonNull(wanted.getParent(), "parent"));
    }
    Files.createDirectories(wanted, permissions(wanted, "rwx------"));
  }

  private static FileAttribute<?>[] permissions(Path path, String letters) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(letters))
        }
        : new FileAttribute<?>[0];
  }

  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Failure.usage("cannot remove " + file + ": " + Failure.reasonOf(e));
    }
  }

  /**
   * Refuses a file that others may put another in the place of.
   *
   * @throws Failure if so; it says how to mend that
   */
  void checkFolders(Path file) {
    for (Path above = file.getParent();
        above != null && above.startsWith(folder);
        above = above.getParent()) {
      if (permissionsOf(above).stream().anyMatch(CHANGING::contains)) {
        throw Failure.usage("others may change what is in " + above, "chmod 700 " + above);
      }
    }
  }

  /** Returns none where the file system knows no such permissions. */
  private static Set<PosixFilePermission> permissionsOf(Path path) {
    try {
      return Files.getPosixFilePermissions(path);
    } catch (UnsupportedOperationException noSuchPermissions) {
      return Set.of();
    } catch (IOException e) {
      throw Failure.usage("cannot read " + path + ": " + Failure.reasonOf(e));
    }
  }

  /**
   * Refuses a file that others may change, or read if it has secrets.
   *
   * @throws Failure if so; it says how to mend that
   */
  static void checkPrivate(Path file, boolean hasSecrets) {
    Set<PosixFilePermission> permissions = permissionsOf(file);
    if (permissions.stream().anyMatch(CHANGING::contains)) {
      throw Failure.usage("others may change " + file, "chmod 600 " + file);
    }
    if (hasSecrets && permissions.stream().anyMatch(READING::contains)) {
      throw Failure.usage(
          "others may read " + file + ", which has a password", "chmod 600 " + file);
    }
  }
}
