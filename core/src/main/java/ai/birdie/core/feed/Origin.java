package ai.birdie.core.feed;

import ai.birdie.core.feed.Cursor.EpochUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a field's values come from, in a table that does not follow its kind.
 *
 * @param column the table's column, matched without regard to case
 * @param unit what a number in the column counts since 1970, where the field is a time
 * @param words what some of the column's values mean, by their text in lower case without the space
 *     around it; others stay as they are
 */
public record Origin(String column, Optional<EpochUnit> unit, SortedMap<String, String> words) {

  private static final Pattern SPACE = Pattern.compile("^[ \\t\\n\\r]+|[ \\t\\n\\r]+$");

  public Origin {
    if (column.isBlank()) {
      throw new IllegalArgumentException("A column has a name");
    }
    SortedMap<String, String> folded = new TreeMap<>();
    words.forEach((word, meaning) -> folded.put(fold(word), meaning));
    words = Collections.unmodifiableSortedMap(folded);
  }

  /** A column whose values mean what they say. */
  public static Origin of(String column) {
    return new Origin(column, Optional.empty(), new TreeMap<>());
  }

  /** The same column, some of whose values mean something else. */
  public Origin meaning(Map<String, String> words) {
    return new Origin(column, unit, new TreeMap<>(words));
  }

  /** A value as words are compared: in lower case, without the space around it. */
  public static String fold(String word) {
    return SPACE.matcher(word).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
