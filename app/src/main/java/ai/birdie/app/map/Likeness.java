package ai.birdie.app.map;

import ai.birdie.app.config.Spelling;
import ai.birdie.app.map.Clues.Clue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much a column's name says that it holds a field.
 *
 * @param degree from 0 for nothing, to 1 for the field's own name
 * @param model the name that it is like
 */
record Likeness(double degree, String model) {

  static final Likeness NONE = new Likeness(0, "");

  private static final double USUAL = 0.88;
  private static final double VAGUE = 0.6;
  private static final double MISSPELT = 0.8;
  private static final double MORE_WORDS = 0.9;

  /** A name of something about the field rather than the field. */
  private static final double OTHERWISE = 0.4;

  private static final int LONGEST_COMPARED = 40;

  private static final Set<String> TELLING =
      Set.of(
          "id",
          "ids",
          "uuid",
          "count",
          "num",
          "number",
          "total",
          "len",
          "length",
          "size",
          "hash",
          "url",
          "link",
          "type",
          "kind",
          "flag",
          "is",
          "has",
          "avg",
          "average",
          "mean",
          "at",
          "date",
          "time",
          "name",
          "email",
          "lang",
          "language",
          "status",
          "code",
          "score",
          "sentiment",
          "version",
          "index",
          "idx",
          "key",
          "updated",
          "modified",
          "deleted",
          "loaded",
          "tags",
          "phone",
          "country",
          "max",
          "min",
          "word",
          "words",
          "chars");

  /** Compares a column's name with a field's own and its usual ones. */
  static Likeness of(ColumnName column, String field, Clue clue) {
    ColumnName own = ColumnName.of(field);
    return Stream.of(
            Stream.of(like(column, own, 1, clue)),
            clue.names().stream().map(name -> like(column, name, USUAL, clue)),
            clue.weak().stream().map(name -> like(column, name, VAGUE, clue)))
        .flatMap(all -> all)
        .reduce(NONE, (best, other) -> other.degree() > best.degree() ? other : best);
  }

  private static Likeness like(ColumnName column, ColumnName model, double full, Clue clue) {
    return new Likeness(full * degree(column, model, clue), String.join(" ", model.words()));
  }

  private static double degree(ColumnName column, ColumnName model, Clue clue) {
    if (column.joined().equals(model.joined())) {
      return 1;
    }
    int at = column.indexOf(model);
    if (at >= 0) {
      return within(column, model, at, clue);
    }
    return isMisspelt(column.joined(), model.joined()) ? MISSPELT : 0;
  }

  private static double within(ColumnName column, ColumnName model, int at, Clue clue) {
    List<String> words = column.words();
    double degree = 1;
    for (int i = 0; i < words.size(); i++) {
      if (i < at || i >= at + model.words().size()) {
        boolean another = TELLING.contains(words.get(i)) && !isName(words.get(i), clue);
        degree *= another ? OTHERWISE : MORE_WORDS;
      }
    }
    return degree;
  }

  private static boolean isName(String word, Clue clue) {
    return Stream.concat(clue.names().stream(), clue.weak().stream())
        .anyMatch(name -> name.words().equals(List.of(word)));
  }

  private static boolean isMisspelt(String a, String b) {
    int tolerance = b.length() < 5 ? 0 : b.length() < 9 ? 1 : 2;
    return tolerance > 0
        && a.length() <= LONGEST_COMPARED
        && Math.abs(a.length() - b.length()) <= tolerance
        && a.charAt(0) == b.charAt(0)
        && Spelling.distance(a, b) <= tolerance;
  }

  /** Whether the name says anything. */
  boolean speaks() {
    return degree > 0;
  }

  /** As a reason; empty where the name says nothing. */
  Optional<String> says(String field) {
    if (!speaks()) {
      return Optional.empty();
    }
    boolean own = String.join(" ", ColumnName.of(field).words()).equals(model);
    String how = degree >= USUAL ? "called " : "called much like ";
    return Optional.of(own && degree == 1 ? "called so" : how + "\"" + model + "\"");
  }
}
