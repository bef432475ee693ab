package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import ai.birdie.duckdb.Seals.Broken;
import ai.birdie.duckdb.Verification.Damage;
import ai.birdie.duckdb.Verification.FeedReceipts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads all of a store: every value of every table, so that DuckDB checks every block that holds
 * one; then the layout; then each feed's receipts against its rows.
 *
 * <p>DuckDB 2.0 keeps a checksum of each header, of each block of 256 KiB, and of each entry of its
 * log, and compares it whenever it reads one: headers, catalog, and log when it opens the file, and
 * a block of values when one of them is asked for. To count rows asks for none.
 */
final class Inspection {

  /** Of receipts that cannot be read, which is told elsewhere. */
  private static final Broken UNKNOWN = new Broken(new TreeSet<>(), new TreeSet<>());

  private final Path file;
  private final Database database;
  private final List<Damage> damages = new ArrayList<>();
  private final Set<Table> damaged = new HashSet<>();
  private long tables;
  private long rows;

  private record Table(String schema, String name) {

    static Table of(History history) {
      return new Table(History.SCHEMA, history.landingTable());
    }

    String part() {
      return schema.equals(History.SCHEMA)
          ? "rows of " + name.substring(0, name.lastIndexOf('.'))
          : schema + "." + name;
    }

    boolean ours() {
      return schema.equals(StoreFormat.SCHEMA);
    }
  }

  /**
   * @param file which {@code database} has open
   */
  Inspection(Path file, Database database) {
    this.file = file;
    this.database = database;
  }

  /**
   * @throws StoreException if not even the list of tables can be read
   */
  Verification verify() {
    tables().forEach(this::read);
    if (damaged.stream().anyMatch(Table::ours)) {
      return found(List.of(), UNKNOWN);
    }
    StoreFormat.deviations(database).forEach(found -> damages.add(new Damage("layout", found)));
    KindViews.present(database).forEach(this::bind);
    List<FeedReceipts> feeds = feeds();
    Broken broken = attempt("receipts", () -> Seals.broken(database)).orElse(UNKNOWN);
    return found(feeds, broken);
  }

  private Verification found(List<FeedReceipts> feeds, Broken broken) {
    return new Verification(
        bytes(), tables, rows, damages, feeds, broken.altered(), broken.missing());
  }

  private long bytes() {
    try {
      return StoreFiles.bytes(file);
    } catch (IOException e) {
      throw new StoreException(
          "The size of " + file + " cannot be read: " + e.getMessage(),
          "See that nothing else moves the store's files.",
          e);
    }
  }

  private List<Table> tables() {
    return database.rows(
        row -> new Table(row.getString(1), row.getString(2)),
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary"
            + " ORDER BY ALL");
  }

  private void read(Table table) {
    String sql =
        "SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM %s.%s"
            .formatted(Sql.name(table.schema()), Sql.name(table.name()));
    Optional<Long> found = attempt(table.part(), () -> database.number(sql));
    if (found.isPresent()) {
      rows += found.get();
      tables++;
    } else {
      damaged.add(table);
    }
  }

  private void bind(String view) {
    String sql = "DESCRIBE SELECT * FROM main." + Sql.name(view);
    attempt("view " + view, () -> database.rows(row -> row.getString(1), sql));
  }

  private List<FeedReceipts> feeds() {
    List<FeedReceipts> feeds = new ArrayList<>();
    for (History history : new Histories(database).current()) {
      if (!damaged.contains(Table.of(history))) {
        attempt("rows of " + history.feed(), () -> receipts(history)).ifPresent(feeds::add);
      }
    }
    return feeds;
  }

  private FeedReceipts receipts(History history) {
    long count =
        database.number("SELECT count(*) FROM birdie.receipt WHERE history = ?", history.id());
    boolean empty = count == 0 && !new LandingTable(database, history).exists();
    Set<Long> unbalanced = empty ? Set.of() : Receipts.unbalanced(database, history);
    return new FeedReceipts(history.feed(), count, new TreeSet<>(unbalanced));
  }

  /** What the work gives; where it fails, that the part is damaged is noted. */
  private <T> Optional<T> attempt(String part, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (StoreException e) {
      damages.add(new Damage(part, reason(e)));
      database.rollback();
      return Optional.empty();
    }
  }

  private static String reason(StoreException e) {
    return e.getCause() instanceof SQLException cause
        ? Database.said(cause)
        : String.valueOf(e.getMessage());
  }
}
