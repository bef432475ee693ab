package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import java.util.List;

/** The tables in which the store keeps what it knows, and the version of their layout. */
final class StoreFormat {

  private static final int VERSION = 1;

  private static final List<String> LAYOUT =
      List.of(
          "CREATE SCHEMA birdie",
          "CREATE SCHEMA landing",
          "CREATE TABLE birdie.store (format INTEGER)",
          // Numbers of histories are never used again: old receipts still name them.
          "CREATE TABLE birdie.history_ids (id BIGINT)",
          """
          CREATE TABLE birdie.history (
            id BIGINT, feed VARCHAR, workspace VARCHAR, source_table VARCHAR, kind VARCHAR,
            fingerprint VARCHAR, state VARCHAR, key_columns VARCHAR, unit_micros BIGINT, zone VARCHAR)
          """,
          "CREATE TABLE birdie.coverage (history BIGINT, from_position BIGINT, to_position BIGINT)",
          """
          CREATE TABLE birdie.receipt (
            window_id BIGINT, history BIGINT, feed VARCHAR, sort VARCHAR, bounds VARCHAR,
            horizon TIMESTAMPTZ, horizon_position BIGINT, statement_id VARCHAR, source_rows BIGINT,
            bytes BIGINT, chunks INTEGER, committed_at TIMESTAMPTZ)
          """,
          """
          CREATE TABLE birdie.disposition (
            window_id BIGINT, disposition VARCHAR, soundness VARCHAR, row_count BIGINT,
            hash_sum HUGEINT)
          """,
          """
          CREATE TABLE birdie.displaced (
            window_id BIGINT, by_window BIGINT, row_count BIGINT, hash_sum HUGEINT)
          """);

  private StoreFormat() {}

  /** Lays out a new store, and refuses one that a newer version of this program wrote. */
  static void ensure(Database database) {
    if (isNew(database)) {
      database.transaction(() -> {
        LAYOUT.forEach(database::execute);
        database.execute("INSERT INTO birdie.store VALUES (?)", VERSION);
        KindViews.createAll(database);
      });
    } else {
      check(database);
    }
  }

  /** Refuses a store that this version of the program cannot read. */
  static void check(Database database) {
    if (isNew(database)) {
      throw new StoreException(
          "The file is a DuckDB database, but not a store of Birdie's.",
          "Choose another folder with --home, or ingest into this one first.");
    }
    long format = database.number("SELECT format FROM birdie.store");
    database.rollback();
    if (format != VERSION) {
      throw new StoreException(
          "The store has format " + format + "; this version of birdie reads " + VERSION + ".",
          "Use the version of birdie that wrote the store. The file was not touched.");
    }
  }

  private static boolean isNew(Database database) {
    long found =
        database.number(
            "SELECT count(*) FROM duckdb_tables()"
                + " WHERE schema_name = 'birdie' AND table_name = 'store'");
    database.rollback();
    return found == 0;
  }
}
