package io.stompbox.bench.codec.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The document with the figures. What stands between a part's marks is written anew by its run; the
 * rest is written by hand.
 */
final class BenchmarksDocument {
  private BenchmarksDocument() {}

  /**
   * Replaces a part.
   *
   * @throws IllegalArgumentException if the document does not have its marks
   */
  static void replace(Path document, String part, String text) throws IOException {
    String begin = "<!-- " + part + ": written by ./check bench " + part + " -->\n";
    String end = "<!-- " + part + ": end -->\n";
    String old = Files.readString(document);
    int from = old.indexOf(begin);
    int to = old.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          document + " has no line '" + begin.strip() + "' with '" + end.strip() + "' after it");
    }
    Files.writeString(
        document, old.substring(0, from) + begin + "\n" + text + "\n" + old.substring(to));
  }
}
