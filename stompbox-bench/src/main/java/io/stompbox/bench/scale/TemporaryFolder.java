package io.stompbox.bench.scale;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for what is deleted again by whoever puts it there. */
record TemporaryFolder(Path path) implements Closeable {
  static TemporaryFolder make(String prefix) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(prefix));
  }

  /**
   * Deletes it.
   *
   * @throws java.nio.file.DirectoryNotEmptyException if something was left in it
   */
  @Override
  public void close() throws IOException {
    Files.delete(path);
  }
}
