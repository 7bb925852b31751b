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

  /**
   * Replaces a part.
   *
   * @throws IllegalArgumentException if the document does not have its marks
   */
  public static void replace(Path document, String part, String text) throws IOException {
    String begin = "<!-- " + part + ": written by ./check ";
    String end = "<!-- " + part + ": end -->\n";
    String old = Files.readString(document);
    int from = old.indexOf(begin);
    int line = old.indexOf('\n', from) + 1;
    int to = old.indexOf(end);
    if (from < 0 || to < line) {
      throw new IllegalArgumentException(
          document + " has no line '" + begin + " ...' with '" + end.strip() + "' after it");
    }
    Files.writeString(document, old.substring(0, line) + "\n" + text + "\n" + old.substring(to));
  }
}
