package io.stompbox.testkit.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of a script that have not been read yet. Not safe to share between threads. */
public final class Lines {
  private final String file;
  private final Deque<ScriptLine> rest;

  private Lines(String file, String script) {
    this.file = file;
    this.rest = new ArrayDeque<>(ScriptLine.read(file, script));
  }

  /**
   * Returns the lines of a text.
   *
   * @param file what it is called in messages
   * @throws ScriptException if a line can't be split into words
   */
  public static Lines of(String file, String script) {
    return new Lines(file, script);
  }

  /**
   * Returns the lines of a file in UTF-8. Throws as {@link #of} does.
   *
   * @throws IOException if it can't be read
   */
  public static Lines read(Path file) throws IOException {
    return of(file.toString(), Files.readString(file));
  }

  /** Whether nothing is left. */
  public boolean isEmpty() {
    return rest.isEmpty();
  }

  /** Whether the next line begins with one of these words. */
  public boolean nextIs(Set<String> words) {
    ScriptLine next = rest.peek();
    return next != null && words.contains(next.first());
  }

  /** Whether the next line begins with this word. */
  public boolean nextIs(String word) {
    return nextIs(Set.of(word));
  }

  /**
   * Takes the next line.
   *
   * @param usage how it may be written, for messages
   */
  public Arguments take(String usage) {
    return new Arguments(next(), usage);
  }

  /** Returns the complaint that the next line, or the end of the file, is none of the allowed. */
  public ScriptException unexpected(String allowed) {
    @Nullable ScriptLine next = rest.peek();
    return next == null
        ? new ScriptException(file, "found the end of the file; allowed are " + allowed)
        : new ScriptException(next, "'" + next.first() + "'", "allowed are " + allowed);
  }

  ScriptLine next() {
    return Objects.requireNonNull(rest.poll(), "callers look before");
  }
}
