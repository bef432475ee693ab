package ai.birdie.workspace.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What follows LIKE in a SHOW statement: names with {@code *} for anything, {@code |} between
 * alternatives, and besides that a regular expression in any case, as in Spark.
 */
final class ListingPattern {
  private final List<Predicate<String>> alternatives;

  private ListingPattern(List<Predicate<String>> alternatives) {
    this.alternatives = alternatives;
  }

  /** What all names match. */
  static ListingPattern all() {
    return new ListingPattern(List.of(name -> true));
  }

  /** Takes {@code LIKE 'pattern'} where it comes next, after these words. */
  static ListingPattern take(Tokens tokens, String... words) {
    String[] begin = Arrays.copyOf(words, words.length + 1);
    begin[words.length] = "LIKE";
    return tokens.take(begin) ? of(tokens.string()) : all();
  }

  static ListingPattern of(String text) {
    return new ListingPattern(
        Arrays.stream(text.strip().split("\\|", -1)).map(ListingPattern::alternative).toList());
  }

  boolean matches(String name) {
    return alternatives.stream().anyMatch(alternative -> alternative.test(name));
  }

  private static Predicate<String> alternative(String text) {
    try {
      return Pattern.compile("(?i)" + text.replace("*", ".*")).asMatchPredicate();
    } catch (PatternSyntaxException e) {
      return name -> false;
    }
  }
}
