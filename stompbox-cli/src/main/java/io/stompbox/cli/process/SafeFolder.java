package io.stompbox.cli.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * A folder for files whose names others have chosen: each stays in it, whatever its name says, and
 * none takes the place of another.
 */
public final class SafeFolder {
  private static final int LONGEST_NAME = 100;
  private static final int MOST_COPIES = 10_000;
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}<>:\"|?*]");

  private final Path folder;
  private final IntFunction<String> suffixes;

  /**
   * Creates one.
   *
   * @param suffixes what is put behind a name that is taken, for the 1st, 2nd and later attempts
   */
  public SafeFolder(Path folder, IntFunction<String> suffixes) {
    this.folder = folder;
    this.suffixes = suffixes;
  }

  /**
   * Makes a folder if it is not there.
   *
   * @throws Failure if it can't be made, or nothing can be saved in it
   */
  public static void make(Path folder) {
    try {
      ensure(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
    } catch (IOException e) {
      throw Failure.usage("cannot save messages in " + folder + ": " + Failure.reasonOf(e));
    }
  }

  /**
   * Makes a folder if neither it nor a link to one is there.
   *
   * @throws IOException if it can't be made
   */
  public static void ensure(Path folder) throws IOException {
    // Some builds of Java refuse to make one where there is a link.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  /**
   * Saves a file, on the disk when this returns.
   *
   * @param name as the sender says; only what is behind its last slash is used
   * @return where it is
   * @throws IOException if it can't be written; then there is none
   */
  public Path save(String name, ByteBuffer content) throws IOException {
    String safe = safe(name);
    for (int copy = 0; copy < MOST_COPIES; copy++) {
      Path file = folder.resolve(copy == 0 ? safe : safe + suffixes.apply(copy));
      try {
        write(file, content.duplicate());
        return file;
      } catch (FileAlreadyExistsException taken) {
        // The next name may be free.
      }
    }
    throw new IOException(folder.resolve(safe) + " and " + MOST_COPIES + " others exist");
  }

  /** A link is not followed: CREATE_NEW fails where anything has the name. */
  private static void write(Path file, ByteBuffer content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try {
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      } catch (IOException e) {
        Files.delete(file);
        throw e;
      }
    }
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
