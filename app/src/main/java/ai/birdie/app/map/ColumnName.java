package ai.birdie.app.map;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A column's name as words: {@code reviewText}, {@code REVIEW_TEXT}, and {@code Review text} are
 * one name.
 */
record ColumnName(List<String> words) {

  private static final Pattern HUMPS =
      Pattern.compile("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  ColumnName {
    words = List.copyOf(words);
  }

  static ColumnName of(String name) {
    String apart = HUMPS.matcher(name).replaceAll(" ");
    String plain = MARKS.matcher(Normalizer.normalize(apart, Normalizer.Form.NFKD)).replaceAll("");
    return new ColumnName(
        Arrays.stream(BETWEEN.split(plain.toLowerCase(Locale.ROOT)))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  /** The words as one, because not all names show where one ends. */
  String joined() {
    return String.join("", words);
  }

  /** Where in this name the other stands as whole words; negative where it does not. */
  int indexOf(ColumnName other) {
    return Collections.indexOfSubList(words, other.words());
  }

  /** The name without a first word that tells nothing. */
  ColumnName without(String first) {
    return words.size() > 1 && words.getFirst().equals(first)
        ? new ColumnName(words.subList(1, words.size()))
        : this;
  }
}
