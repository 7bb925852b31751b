package io.stompbox.cli.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant who wrote a word that nobody knows. */
public final class Nearest {
  private static final int MOST = 3;
  private static final int LETTERS_OF_A_PART = 4;

  private Nearest() {}

  /**
   * Returns the names that differ from a word in few letters, the nearest first, or have it as a
   * part; three at most. Capitals don't count.
   */
  public static List<String> to(String word, Collection<String> names) {
    String small = word.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> isNear(small, name.toLowerCase(Locale.ROOT)))
        .sorted(Comparator.comparingInt(name -> distance(small, name.toLowerCase(Locale.ROOT))))
        .limit(MOST)
        .toList();
  }

  private static boolean isNear(String word, String name) {
    return (word.length() >= LETTERS_OF_A_PART && name.contains(word))
        || distance(word, name) <= Math.max(1, Math.min(word.length(), name.length()) / 3);
  }

  /** Letters to insert, remove or replace, and neighbours to swap (optimal string alignment). */
  private static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, one, other, i, j);
      }
    }
    return steps[one.length()][other.length()];
  }

  private static int fewest(int[][] steps, String one, String other, int i, int j) {
    char last = one.charAt(i - 1);
    int replaced = steps[i - 1][j - 1] + (last == other.charAt(j - 1) ? 0 : 1);
    int fewest = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean isSwapped =
        i > 1 && j > 1 && last == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
    return isSwapped ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
  }
}
