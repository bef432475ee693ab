package ai.birdie.duckdb;

import static java.util.stream.Collectors.joining;

import ai.birdie.duckdb.Judgement.Presented;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps erased people out of a history. Of a row that such a person wrote, or that describes one,
 * nothing stays but what counts it: its key, its cursor, and its hash; its list of violations is
 * empty, by which views, quarantine, and receipts know it. Without those three the next run would
 * bring it again, and no receipt would balance.
 *
 * <p>Works in the caller's transaction.
 */
final class Suppression {

  /** The condition on a row of a landing table that it was emptied. */
  static final String ERASED = "len(_violations) = 0";

  private static final String AUTHOR = "author_id";

  /** No source has a column of that name. */
  private static final String FLAG = "\"erased by birdie\"";

  private final Database database;
  private final History history;
  private final SuppressionList people;

  Suppression(Database database, History history, SuppressionList people) {
    this.database = database;
    this.history = history;
    this.people = people;
  }

  /**
   * The rows of {@code incoming} with their violations, those of erased people emptied.
   *
   * @param columns of the source
   * @param violations an expression over such a row
   */
  String incoming(List<Column> columns, String violations) {
    Optional<Presented> author = people.isEmpty() ? Optional.empty() : author(columns);
    if (author.isEmpty()) {
      return "SELECT *, " + violations + " AS _violations FROM incoming";
    }
    String emptied =
        rests(columns, author.get()).entrySet().stream()
            .map(rest ->
                "CASE WHEN %1$s THEN %2$s ELSE %3$s END AS %3$s"
                    .formatted(FLAG, rest.getValue(), Sql.name(rest.getKey())))
            .collect(joining(", "));
    return "SELECT * EXCLUDE (%1$s) REPLACE (%2$s), CASE WHEN %1$s THEN []::VARCHAR[] ELSE %3$s END AS _violations FROM (SELECT *, %4$s AS %1$s FROM incoming)"
        .formatted(FLAG, emptied, violations, people.holds(author.get().expression()));
  }

  /** Empties the rows that are there; how many. */
  long erase() {
    LandingTable table = new LandingTable(database, history);
    List<Column> columns = table.exists() ? table.columns() : List.of();
    Optional<Presented> author = author(columns);
    if (people.isEmpty() || author.isEmpty()) {
      return 0;
    }
    String emptied =
        rests(columns, author.get()).entrySet().stream()
            .map(rest -> Sql.name(rest.getKey()) + " = " + rest.getValue())
            .collect(joining(", "));
    return database.execute(
        "UPDATE %s SET %s, _violations = [] WHERE %s"
            .formatted(table.name(), emptied, people.holds(author.get().expression())));
  }

  /** Lets older versions go that are shown in the place of broken ones; how many. */
  long eraseRetained() {
    Retained retained = new Retained(database, history);
    if (people.isEmpty() || !retained.exists()) {
      return 0;
    }
    return author(new LandingTable(database, history).columns())
        .map(author -> retained.forget(people.holds(author.expression())))
        .orElse(0L);
  }

  /**
   * What is left of each column of the source: nothing. Columns that tell records apart are not
   * among them, but for the person's own id.
   */
  private Map<String, String> rests(List<Column> columns, Presented author) {
    List<String> key = new Histories(database).key(history);
    Map<String, String> rests = new LinkedHashMap<>();
    for (Column column : columns) {
      boolean isKey = key.stream().anyMatch(column::named);
      if (isKey && column.named(author.column())) {
        rests.put(column.name(), pseudonym(column.type(), people.hashOf(author.expression())));
      } else if (!isKey && !column.ours()) {
        rests.put(column.name(), "NULL");
      }
    }
    return rests;
  }

  /** What tells records of different people apart as their ids did. */
  private static String pseudonym(String type, String hash) {
    return switch (type) {
      case "VARCHAR" -> "'erased-' || left(" + hash + ", 32)";
      case "INTEGER" -> "-CAST('0x' || left(" + hash + ", 7) AS INTEGER)";
      case "BIGINT", "HUGEINT" -> "-CAST('0x' || left(" + hash + ", 15) AS BIGINT)";
      default -> "NULL";
    };
  }

  /**
   * How rows of such columns say whose they are. Kinds without such a field, as reference tables
   * are, say it by a column of its name.
   */
  Optional<Presented> author(List<Column> columns) {
    boolean isField =
        KindViews.kind(database, history)
            .filter(kind -> kind.fields().stream().anyMatch(f -> f.name().equals(AUTHOR)))
            .isPresent();
    if (!isField) {
      return columns.stream()
          .filter(column -> column.named(AUTHOR))
          .map(column -> new Presented(AUTHOR, column.name(), text(column)))
          .findFirst();
    }
    return new Judgement(database, history)
        .presented(AUTHOR)
        .filter(presented -> columns.stream().anyMatch(c -> c.named(presented.column())));
  }

  private static String text(Column column) {
    return "CAST(" + Sql.name(column.name()) + " AS VARCHAR)";
  }
}
