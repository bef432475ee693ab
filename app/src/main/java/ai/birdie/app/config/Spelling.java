package ai.birdie.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Spelling {

  /** A longer word is no slip of the fingers, and comparing it takes long. */
  private static final int LONGEST = 64;

  private Spelling() {}

  /** The candidate that differs least from the word, if it differs little. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String plain = plain(word);
    return candidates.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= tolerance(plain(candidate)))
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  private static int tolerance(String candidate) {
    return Math.max(1, candidate.length() / 3);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]+", "");
  }

  /**
   * How many letters must be inserted, removed, changed, or swapped with their neighbour. It takes
   * as long as the product of the lengths.
   */
  public static int distance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distance[i][j] = i == 0 ? j : j == 0 ? i : step(distance, a, b, i, j);
      }
    }
    return distance[a.length()][b.length()];
  }

  private static int step(int[][] distance, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(distance[i - 1][j] + 1, distance[i][j - 1] + 1);
    least = Math.min(least, distance[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
  }
}
