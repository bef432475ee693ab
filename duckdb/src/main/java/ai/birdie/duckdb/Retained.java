package ai.birdie.duckdb;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Rule;
import java.util.List;

/**
 * Sound versions of records whose newest version breaks the contract: still shown, as stale, until
 * the record is sound again or gone. They take no part in receipts and comparisons. The table is
 * there only where there ever were any. Works in the caller's transaction.
 */
final class Retained {

  private final Database database;
  private final History history;

  Retained(Database database, History history) {
    this.database = database;
    this.history = history;
  }

  /** The table, qualified and quoted. */
  String name() {
    return History.SCHEMA + "." + Sql.name(history.retainedTable());
  }

  boolean exists() {
    return database.number(
            "SELECT count(*) FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?",
            History.SCHEMA,
            history.retainedTable())
        > 0;
  }

  /**
   * Keeps some rows of the landing table that are about to leave it.
   *
   * @param rowIds a query of their row ids
   */
  void keep(String rowIds) {
    if (database.number("SELECT count(*) FROM (" + rowIds + ")") == 0) {
      return;
    }
    database.execute(
        "CREATE TABLE IF NOT EXISTS %s AS FROM %s LIMIT 0".formatted(name(), history.landing()));
    fit();
    database.execute(
        "INSERT INTO %s BY NAME SELECT * FROM %s WHERE _violations IS NULL AND rowid IN (%s)"
            .formatted(name(), history.landing(), rowIds));
  }

  /** Lets go of every row whose record is sound again, or gone. */
  void release(Rule.KeyPresent key) {
    if (exists()) {
      String columns = Sql.names(key.columns());
      database.execute(
          "DELETE FROM %s WHERE (%s) NOT IN (SELECT (%s) FROM %s WHERE len(_violations) > 0 AND %s)"
              .formatted(name(), columns, columns, history.landing(), ContractSql.present(key)));
    }
  }

  /** Lets go of every row that is not sound by this contract. */
  void judge(Contract contract) {
    if (exists()) {
      fit();
      database.execute(
          "DELETE FROM %s WHERE (%s) IS NOT NULL"
              .formatted(name(), ContractSql.violations(contract)));
      release(contract.key());
    }
  }

  /** Lets go of the rows that meet a condition; how many. */
  long forget(String condition) {
    fit();
    return database.execute("DELETE FROM %s WHERE %s".formatted(name(), condition));
  }

  void drop() {
    database.execute("DROP TABLE IF EXISTS " + name());
  }

  /** Gives it the columns that the landing table has by now. */
  void fit() {
    LandingTable table = new LandingTable(database, history);
    List<Column> present = table.describe(name());
    table.columns().stream()
        .filter(column -> present.stream().noneMatch(c -> c.named(column.name())))
        .forEach(column ->
            database.execute("ALTER TABLE " + name() + " ADD COLUMN " + column.definition()));
  }
}
