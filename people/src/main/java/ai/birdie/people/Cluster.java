package ai.birdie.people;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a text in which digits stand together as they do in ids: enough of them, and of letters
 * and signs never many between two. To search there alone is what makes a search fast.
 *
 * @param from where it begins, with room for the letters before the first digit
 * @param to where it ends, with room for those behind the last
 */
record Cluster(int from, int to) {

  /** The most that stands between two digits of an id: the letters of a Brazilian company's. */
  private static final int GAP = 15;

  private static final int ROOM = 10;

  /** The clusters of a text, in order. */
  static List<Cluster> all(String text) {
    List<Cluster> clusters = new ArrayList<>();
    int first = 0;
    int last = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      if (PlainText.isDigit(text.charAt(i))) {
        if (digits > 0 && i - last > GAP) {
          add(clusters, text, digits, first, last);
          digits = 0;
        }
        first = digits == 0 ? i : first;
        last = i;
        digits++;
      }
    }
    add(clusters, text, digits, first, last);
    return clusters;
  }

  private static void add(List<Cluster> clusters, String text, int digits, int first, int last) {
    if (digits >= Suspicion.DIGITS) {
      clusters.add(new Cluster(Math.max(0, first - ROOM), Math.min(text.length(), last + ROOM)));
    }
  }

  /** Finds the pattern in this part of the text, and sees what stands around it. */
  Matcher matcher(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .region(from, to)
        .useTransparentBounds(true)
        .useAnchoringBounds(false);
  }
}
