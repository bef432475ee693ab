package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A store's file written anew with what is in the store, and nothing else: rows that were deleted
 * or replaced leave their bytes behind in a file until something is written over them.
 *
 * <p>The new file is made beside its place, compared with the old one, verified, and then renamed:
 * a process that is killed leaves the store as it was, and perhaps a file whose name ends in {@code
 * .partial}, which the next one replaces.
 */
public final class StoreCompaction {

  private StoreCompaction() {}

  /**
   * A store that was compacted.
   *
   * @param before the size of its file until then
   * @param verification what reading all of it has found since
   */
  public record Compacted(long before, Verification verification) {}

  /**
   * Compacts the store in {@code home}, which nobody else may use meanwhile.
   *
   * @throws ai.birdie.core.error.ConfigException if there is no store
   * @throws StoreException if the store is damaged or in use, or cannot be written; it is as it was
   *     then
   */
  public static Compacted run(Path home) {
    Path store = StoreReader.file(home);
    StoreLock lock = StoreLock.take(home, StoreLock.Use.WRITE);
    try (lock) {
      StoreBackup.verify(store);
      return locked(home);
    } catch (IOException e) {
      throw new StoreException(
          "The store in " + home + " could not be compacted: " + StoreFiles.reason(e),
          "See that this user may write there and that there is room for it once more.",
          e);
    }
  }

  /** The same, of a store that was verified and is the caller's alone. */
  static Compacted locked(Path home) throws IOException {
    Path store = StoreReader.file(home);
    writeLogInto(store);
    Path partial = StoreFiles.partial(store);
    try {
      long before = StoreFiles.bytes(store);
      rewrite(store, partial);
      Verification verification = StoreBackup.verify(partial);
      Fence.close(home);
      StoreFiles.discardSpilt(store);
      StoreFiles.rename(partial, store);
      return new Compacted(before, verification);
    } finally {
      StoreFiles.discard(partial);
    }
  }

  /** A log that stayed would be taken for the new file's. */
  private static void writeLogInto(Path store) {
    try (Database database = Database.openForWriting(store)) {
      database.checkpoint();
    }
  }

  /** Writes what is in a store, and nothing else, into a file of its own. */
  static void rewrite(Path store, Path fresh) throws IOException {
    StoreFiles.discard(fresh);
    try (Database database = Database.openBeside(fresh, store)) {
      String name =
          database
              .first(row -> Sql.name(row.getString(1)), "SELECT current_database()")
              .orElseThrow();
      database.transaction(() -> database.execute("COPY FROM DATABASE former TO " + name));
      requireEqual(database, name);
      database.checkpoint();
    }
  }

  /** Every table of the old file must be in the new one, with the same rows. */
  private static void requireEqual(Database database, String name) {
    for (String table : tables(database)) {
      String sum = "SELECT md5(concat_ws(' ', count(*), sum(hash(COLUMNS(*))::HUGEINT))) FROM ";
      List<String> sums =
          database.rows(
              row -> row.getString(1),
              sum + "former." + table + " UNION ALL " + sum + name + "." + table);
      if (!sums.getFirst().equals(sums.getLast())) {
        throw new StoreException(
            "The store could not be written anew: the copy of " + table + " differs.",
            "Nothing was changed. Run the command again; if it fails again, report it.");
      }
    }
  }

  private static List<String> tables(Database database) {
    return database.rows(
        row -> Sql.name(row.getString(1)) + "." + Sql.name(row.getString(2)),
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'former' ORDER"
            + " BY ALL");
  }
}
