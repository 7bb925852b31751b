package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file whose name was typed. */
record NamedFile(Path path) {
  /** What is done with what a file holds. */
  interface Use<T> {
    /** Does it. */
    T with(InputStream stream) throws IOException, InterruptedException;
  }

  static NamedFile of(String typed) {
    try {
      return new NamedFile(Path.of(typed));
    } catch (InvalidPathException e) {
      throw Failure.usage("File " + typed + " was not found");
    }
  }

  /**
   * Opens it, does something with it, and closes it.
   *
   * @throws Failure if it is not there or can't be read
   */
  <T> T read(Use<T> use) throws InterruptedException {
    try (InputStream stream = Files.newInputStream(path)) {
      return use.with(stream);
    } catch (NoSuchFileException e) {
      throw Failure.usage("File " + path + " was not found");
    } catch (IOException e) {
      throw Failure.usage("File " + path + " can't be read: " + Failure.reasonOf(e));
    }
  }

  /** Its name without its folder. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
