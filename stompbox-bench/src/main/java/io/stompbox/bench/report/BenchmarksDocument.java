package io.stompbox.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document with figures. What stands between a part's marks is written anew by its run; the rest
 * is written by hand.
 */
public final class BenchmarksDocument {
  private BenchmarksDocument() {}

  /** Makes a document with nothing but the marks of a part, unless there is one. */
  public static void start(Path document, String part, String command) throws IOException {
    if (Files.notExists(document)) {
      Files.writeString(
          document,
          "<!-- "
              + part
              + ": written by ./check "
              + command
              + " -->\n<!-- "
              + part
              + ": end -->\n");
    }
  }

  /**
   * Refuses a document in which a part can't be replaced, before time goes into its figures.
   *
   * @throws IllegalArgumentException if it is no file, may not be written or does not have the
   *     marks
   */
  public static void check(Path document, String part) throws IOException {
    if (!Files.isRegularFile(document)) {
      throw new IllegalArgumentException(
          "the report " + document + " is no file; name a document with the marks of " + part);
    }
    if (!Files.isWritable(document)) {
      throw new IllegalArgumentException("the report " + document + " may not be written");
    }
    Marks.in(document, Files.readString(document), part);
  }

  /**
   * Replaces a part.
   *
   * @throws IllegalArgumentException if the document does not have its marks
   */
  public static void replace(Path document, String part, String text) throws IOException {
    String old = Files.readString(document);
    Marks marks = Marks.in(document, old, part);
    Files.writeString(
        document, old.substring(0, marks.from()) + "\n" + text + "\n" + old.substring(marks.to()));
  }

  /** What of a document lies between the marks of a part. */
  private record Marks(int from, int to) {
    static Marks in(Path document, String old, String part) {
      String begin = "<!-- " + part + ": written by ./check ";
      String end = "<!-- " + part + ": end -->\n";
      int from = old.indexOf(begin);
      int line = old.indexOf('\n', from) + 1;
      int to = old.indexOf(end);
      if (from < 0 || to < line) {
        throw new IllegalArgumentException(
            document + " has no line '" + begin + " ...' with '" + end.strip() + "' after it");
      }
      return new Marks(line, to);
    }
  }
}
