package io.stompbox.cli.shell;

import io.stompbox.cli.process.SafeFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.LongSupplier;

/** Files that came with messages, as {@code sendfile} sends them, in one folder. */
final class SavedFiles {
  private final SafeFolder folder;

  SavedFiles(Path folder, LongSupplier epochSeconds) {
    this.folder =
        new SafeFolder(
            folder, copy -> "." + epochSeconds.getAsLong() + (copy == 1 ? "" : "." + copy));
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
    return folder.save(name, ByteBuffer.wrap(Base64.getDecoder().decode(base64.strip())));
  }
}
