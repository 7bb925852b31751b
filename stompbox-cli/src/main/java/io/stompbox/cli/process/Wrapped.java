package io.stompbox.cli.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text as lines of a width. It is broken at blanks only: URIs and options can be copied whole. */
public final class Wrapped {
  private static final Pattern BLANKS = Pattern.compile(" +");

  private Wrapped() {}

  /**
   * Returns the lines, at least one. A word that is longer than the width has a line of its own.
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : BLANKS.split(text, -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
