package ai.birdie.duckdb;

import static java.util.stream.Collectors.joining;

import ai.birdie.duckdb.Judgement.Presented;
import java.util.ArrayList;
import java.util.List;
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
    Optional<Presented> author = author();
    if (people.isEmpty() || author.isEmpty()) {
      return "SELECT *, " + violations + " AS _violations FROM incoming";
    }
    String replaced =
        emptied(columns, author.get()).stream()
            .map(column ->
                "CASE WHEN %1$s THEN %3$s ELSE %2$s END AS %2$s"
                    .formatted(FLAG, Sql.name(column.name()), rest(column, author.get())))
            .collect(joining(", "));
    return "SELECT * EXCLUDE (%1$s) REPLACE (%2$s), CASE WHEN %1$s THEN []::VARCHAR[] ELSE %3$s END AS _violations FROM (SELECT *, %4$s AS %1$s FROM incoming)"
        .formatted(FLAG, replaced, violations, people.holds(author.get().expression()));
  }

  /** Empties the rows that are there; how many. */
  long erase() {
    LandingTable table = new LandingTable(database, history);
    Optional<Presented> author = author();
    if (people.isEmpty() || author.isEmpty() || !table.exists()) {
      return 0;
    }
    String emptied =
        emptied(table.columns(), author.get()).stream()
            .map(column -> Sql.name(column.name()) + " = " + rest(column, author.get()))
            .collect(joining(", "));
    return database.execute(
        "UPDATE %s SET %s, _violations = [] WHERE %s"
            .formatted(table.name(), emptied, people.holds(author.get().expression())));
  }

  /** Lets older versions go that are shown in the place of broken ones; how many. */
  long eraseRetained() {
    Retained retained = new Retained(database, history);
    Optional<Presented> author = author();
    return author.isPresent() && retained.exists()
        ? retained.forget(people.holds(author.get().expression()))
        : 0;
  }

  /**
   * Every column of the source but those that tell records apart; of these, the person's own id.
   */
  private List<Column> emptied(List<Column> columns, Presented author) {
    List<String> key = new Histories(database).key(history);
    List<Column> emptied = new ArrayList<>(columns);
    emptied.removeIf(column ->
        column.ours() || (key.stream().anyMatch(column::named) && !column.named(author.column())));
    return emptied;
  }

  /** What is left of a value: nothing, but where records are known by the person's id. */
  private String rest(Column column, Presented author) {
    boolean isKey = new Histories(database).key(history).stream().anyMatch(column::named);
    return isKey && column.type().equals("VARCHAR")
        ? people.pseudonym(author.expression())
        : "NULL";
  }

  private Optional<Presented> author() {
    return new Judgement(database, history)
        .presented().stream().filter(presented -> presented.field().equals(AUTHOR)).findFirst();
  }
}
