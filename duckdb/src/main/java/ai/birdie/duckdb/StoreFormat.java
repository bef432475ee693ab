package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tables in which the store keeps what it knows, and the version of their layout. */
final class StoreFormat {

  /** Where those tables lie. */
  static final String SCHEMA = "birdie";

  private static final int VERSION = 7;

  private static final List<String> LAYOUT =
      List.of(
          "CREATE SCHEMA birdie",
          "CREATE SCHEMA landing",
          """
          CREATE TABLE birdie.store (
            format INTEGER, epoch BIGINT, last_window BIGINT, last_seal VARCHAR)
          """,
          // Numbers of histories are never used again: old receipts still name them.
          "CREATE TABLE birdie.history_ids (id BIGINT)",
          """
          CREATE TABLE birdie.history (
            id BIGINT, feed VARCHAR, workspace VARCHAR, source_table VARCHAR, kind VARCHAR,
            fingerprint VARCHAR, state VARCHAR, key_columns VARCHAR, unit_micros BIGINT, zone VARCHAR,
            version BIGINT, version_committed TIMESTAMPTZ, way VARCHAR, reason VARCHAR, contract VARCHAR,
            compared TIMESTAMPTZ)
          """,
          // How the views show a history's columns as its kind's fields.
          """
          CREATE TABLE birdie.presented (
            history BIGINT, field VARCHAR, source_column VARCHAR, expression VARCHAR)
          """,
          // Kinds that users defined.
          """
          CREATE TABLE birdie.kind (
            id VARCHAR, display_name VARCHAR, family VARCHAR, meaning VARCHAR, key_fields VARCHAR,
            any_of VARCHAR)
          """,
          """
          CREATE TABLE birdie.kind_field (
            kind VARCHAR, place INTEGER, name VARCHAR, type VARCHAR, need VARCHAR, range_from DOUBLE,
            range_to DOUBLE, words VARCHAR, level VARCHAR, basis VARCHAR, meaning VARCHAR)
          """,
          "CREATE TABLE birdie.coverage (history BIGINT, from_position BIGINT, to_position BIGINT)",
          """
          CREATE TABLE birdie.receipt (
            window_id BIGINT, history BIGINT, feed VARCHAR, sort VARCHAR, bounds VARCHAR,
            horizon TIMESTAMPTZ, horizon_position BIGINT, way VARCHAR, reason VARCHAR, version BIGINT, statement_id VARCHAR, source_rows BIGINT,
            bytes BIGINT, chunks INTEGER, control_statement_id VARCHAR, control_rows BIGINT,
            control_hash_sum HUGEINT, standing VARCHAR, committed_at TIMESTAMPTZ,
            late_rows BIGINT, late_micros BIGINT, beyond_rows BIGINT, unmoved_rows BIGINT)
          """,
          "CREATE TABLE birdie.seal (window_id BIGINT, seal VARCHAR)",
          """
          CREATE TABLE birdie.disposition (
            window_id BIGINT, disposition VARCHAR, soundness VARCHAR, row_count BIGINT,
            hash_sum HUGEINT)
          """,
          """
          CREATE TABLE birdie.displaced (
            window_id BIGINT, by_window BIGINT, row_count BIGINT, hash_sum HUGEINT)
          """,
          // Windows of which too many rows broke the contract, with some of the rows.
          """
          CREATE TABLE birdie.held (
            id BIGINT, feed VARCHAR, sort VARCHAR, bounds VARCHAR, from_position BIGINT,
            to_position BIGINT, statement_id VARCHAR, row_count BIGINT, broken BIGINT,
            held_at TIMESTAMPTZ, accepted BOOLEAN)
          """,
          "CREATE TABLE birdie.held_rule (held BIGINT, violation VARCHAR, row_count BIGINT)",
          "CREATE TABLE birdie.held_row (held BIGINT, violations VARCHAR[], record JSON, author VARCHAR)",
          // Who was erased, by a keyed hash, and how many rows of what; without a feed, held rows.
          """
          CREATE TABLE birdie.erasure (
            person VARCHAR, erased_at TIMESTAMPTZ, feed VARCHAR, row_count BIGINT,
            stale_rows BIGINT)
          """,
          """
          CREATE TABLE birdie.difference (
            history BIGINT, position BIGINT, row_hash BIGINT, soundness VARCHAR, row_count INTEGER)
          """);

  private StoreFormat() {}

  /** Lays out an empty file. */
  static void layOut(Database database) {
    database.transaction(() -> {
      LAYOUT.forEach(database::execute);
      database.execute("INSERT INTO birdie.store VALUES (?, 0, NULL, NULL)", VERSION);
      KindViews.createAll(database);
    });
  }

  /** Refuses a store, in {@code file}, that this version of the program cannot read. */
  static void check(Path file, Database database) {
    if (isNew(database)) {
      throw new StoreException(
          "The file is a DuckDB database, but not a store of Birdie's.",
          "Choose another folder with --home, or move the file away.");
    }
    long format = database.number("SELECT format FROM birdie.store");
    database.rollback();
    if (format > VERSION) {
      throw new StoreException(
          "The store has format %d, of a newer version of birdie than this one, which reads %d."
              .formatted(format, VERSION),
          "Use the version of birdie that wrote the store, or a newer one. Nothing in it was changed.");
    }
    if (format < VERSION) {
      throw new StoreException(
          "The store has format %d, of an older version of birdie than this one, which reads %d."
              .formatted(format, VERSION),
          "Load everything anew into another folder with --home, or use the version of birdie that"
              + " wrote the store. Nothing in it was changed."
              + SuppressionList.beside(file).map(StoreFormat::takeAlong).orElse(""));
    }
  }

  private static String takeAlong(Path list) {
    return " People were erased from it: copy %s into the new folder first, as %s, or they come back."
        .formatted(list, SuppressionList.FILE);
  }

  /** What a store of this version has, and this one has not; for people. */
  static List<String> deviations(Database database) {
    SortedSet<String> lacking = new TreeSet<>();
    try (Database fresh = Database.inMemory()) {
      LAYOUT.forEach(fresh::execute);
      lacking.addAll(columns(fresh));
    }
    lacking.removeAll(columns(database));
    Set<String> views = KindViews.names();
    views.removeAll(KindViews.present(database));
    return Stream.concat(lacking.stream(), views.stream().map("view "::concat))
        .map("there is no "::concat)
        .toList();
  }

  private static List<String> columns(Database database) {
    return database.rows(
        row -> row.getString(1),
        """
        SELECT format('column {} {} of {}.{}', column_name, data_type, schema_name, table_name)
        FROM duckdb_columns() WHERE schema_name = 'birdie' AND NOT internal
        """);
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
