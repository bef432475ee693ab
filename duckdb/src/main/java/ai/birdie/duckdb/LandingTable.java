package ai.birdie.duckdb;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table that holds a history's rows, with the source's columns and types as they come. Works in
 * the caller's transaction.
 */
final class LandingTable {

  /** The stand-in of Arrow's null type: a column that has never held a value. */
  private static final String NO_TYPE = "\"NULL\"";

  /** The comment on a column that the source had no longer, so that it is told once. */
  private static final String GONE = "gone";

  private final Database database;
  private final History history;

  /**
   * How a table was made fit.
   *
   * @param created whether it was not there
   * @param added what else it lacked
   * @param gone what it has, and the source has no longer, since this time
   */
  record Fitted(boolean created, List<Column> added, List<Column> gone) {

    /** Whether its columns changed. */
    boolean changed() {
      return created || !added.isEmpty();
    }
  }

  LandingTable(Database database, History history) {
    this.database = database;
    this.history = history;
  }

  /** The table, qualified and quoted. */
  String name() {
    return history.landing();
  }

  boolean exists() {
    return database.number(
            "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'landing' AND table_name = ?",
            history.landingTable())
        > 0;
  }

  /** All columns, in order. */
  List<Column> columns() {
    return describe(name());
  }

  /** The columns of anything that can be read. */
  List<Column> describe(String relation) {
    return database.rows(
        row -> new Column(row.getString(1), row.getString(2)),
        "DESCRIBE SELECT * FROM " + relation);
  }

  /**
   * Makes the table fit to hold {@code incoming}: creates it, or adds what it lacks.
   *
   * @param key the columns by which records are known
   * @throws ConfigException if a column of the source has another type than before
   */
  Fitted fit(Feed feed, List<Column> incoming, List<String> key) {
    List<Column> wanted = incoming.stream().map(LandingTable::typed).toList();
    if (wanted.stream().anyMatch(column -> column.named("rowid"))) {
      // it would hide DuckDB's own, by which rows are deleted
      throw new IllegalArgumentException("A source renames a column that is called rowid");
    }
    if (!exists()) {
      String definitions =
          Stream.concat(wanted.stream(), Column.OURS.stream())
              .map(column -> definition(column, key))
              .collect(Collectors.joining(", "));
      database.execute("CREATE TABLE " + name() + " (" + definitions + ")");
      return new Fitted(true, List.of(), List.of());
    }
    List<Column> present = columns();
    List<Column> missing = new ArrayList<>();
    for (Column column : wanted) {
      Optional<Column> old = present.stream().filter(c -> c.named(column.name())).findFirst();
      old.filter(c -> !c.type().equals(column.type()))
          .ifPresent(c -> refuseOtherType(feed, c, column));
      if (old.isEmpty()) {
        missing.add(column);
      }
    }
    missing.forEach(
        c -> database.execute("ALTER TABLE " + name() + " ADD COLUMN " + c.definition()));
    return new Fitted(false, missing, gone(present, wanted));
  }

  /** Keys differ from row to row, so that compressing them takes more time than it saves room. */
  private static String definition(Column column, List<String> key) {
    boolean plain = column.type().equals("VARCHAR") && key.stream().anyMatch(column::named);
    return column.definition() + (plain ? " USING COMPRESSION uncompressed" : "");
  }

  private List<Column> gone(List<Column> present, List<Column> wanted) {
    List<String> known =
        database.rows(
            row -> row.getString(1),
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'landing' AND table_name = ? AND comment = ?",
            history.landingTable(),
            GONE);
    List<Column> gone = new ArrayList<>();
    for (Column column : present) {
      boolean there = column.ours() || wanted.stream().anyMatch(c -> c.named(column.name()));
      boolean told = known.stream().anyMatch(column::named);
      if (told && there) {
        comment(column, "NULL");
      } else if (!told && !there) {
        comment(column, Sql.text(GONE));
        gone.add(column);
      }
    }
    return gone;
  }

  private void comment(Column column, String literal) {
    database.execute(
        "COMMENT ON COLUMN %s.%s IS %s".formatted(name(), Sql.name(column.name()), literal));
  }

  private static Column typed(Column column) {
    return column.type().equals(NO_TYPE) ? new Column(column.name(), "VARCHAR") : column;
  }

  private static void refuseOtherType(Feed feed, Column old, Column now) {
    throw new ConfigException(
        "The column "
            + now.name()
            + " of "
            + feed.table()
            + " was "
            + old.type()
            + " when "
            + feed.name()
            + " was loaded, and is "
            + now.type()
            + " now.",
        "Load the feed anew, beside what is there: birdie ingest --full FILE");
  }
}
