package ai.birdie.duckdb;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.StoreException;
import ai.birdie.duckdb.StoreCompaction.Compacted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * Takes a person out of a store: out of every feed's rows, out of quarantine, out of what is held
 * back, and out of the bytes of the file; and keeps the person out of whatever is landed later, and
 * of older backups that are restored.
 *
 * <p>First the list of erased people has one more, then the rows are emptied, then the file is
 * written anew. A process that is killed has done some of these; the same command does the rest.
 */
public final class StoreErasure {

  private StoreErasure() {}

  /**
   * A person who was erased.
   *
   * @param person a keyed hash of the id, by which the list and the record know the person
   * @param feeds what was taken out of each feed that had something
   * @param heldRows how many rows were taken out that windows had been held back with
   * @param compacted the file, which was written anew
   */
  public record Erased(
      String person, Instant at, List<FeedRows> feeds, long heldRows, Compacted compacted) {

    public Erased {
      feeds = List.copyOf(feeds);
    }
  }

  /**
   * What was taken out of a feed.
   *
   * @param rows current rows, in quarantine or not
   * @param staleRows older versions that were shown in the place of rows in quarantine
   */
  public record FeedRows(String feed, long rows, long staleRows) {}

  /**
   * Erases a person from the store in {@code home}, which nobody else may use meanwhile. Nothing is
   * wrong with an id that no row has: the person is kept out from now on.
   *
   * @param author the id, as feedback has it in {@code author_id}
   * @param now goes into the record
   * @param random makes the key of the list, for the first person on it
   * @throws ConfigException if there is no store, or the id is blank
   * @throws StoreException if the store is damaged or in use, or cannot be written
   */
  public static Erased erase(Path home, String author, Instant now, RandomGenerator random) {
    if (author.isBlank()) {
      throw new ConfigException(
          "The id of the person to erase is blank.", "Name the person: birdie erase --author ID");
    }
    Path store = StoreReader.file(home);
    StoreLock lock = StoreLock.take(home, StoreLock.Use.WRITE);
    try (lock) {
      StoreBackup.verify(store);
      SuppressionList list = SuppressionList.of(home);
      SuppressionList.Person person = list.person(author, random);
      Counts counts;
      try (Database database = Database.openForWriting(store)) {
        check(home, database, list);
        list.and(SuppressionList.only(person)).keep(home);
        Fence.raise(home, database);
        counts = emptied(database, person, now);
        database.checkpoint();
      }
      Compacted compacted = StoreCompaction.locked(home);
      return new Erased(person.hash(), now, counts.feeds(), counts.heldRows(), compacted);
    } catch (IOException e) {
      throw new StoreException(
          "The person could not be erased from the store in " + home + ": " + StoreFiles.reason(e),
          "See that this user may write there and that there is room for it once more, then run the command again.",
          e);
    }
  }

  private static Counts emptied(Database database, SuppressionList.Person person, Instant now) {
    AtomicReference<Counts> counts = new AtomicReference<>(new Counts(List.of(), 0));
    database.transaction(() -> {
      counts.set(empty(database, SuppressionList.only(person)));
      record(database, person.hash(), now, counts.get());
    });
    return counts.get();
  }

  /**
   * Empties a store of everybody on the list, as a backup must be that is older than some of it,
   * and notes that they are known.
   */
  static void again(Database database, SuppressionList list, Instant now) {
    database.transaction(() -> {
      empty(database, list);
      List<String> known = known(database);
      list.hashes().stream()
          .filter(person -> !known.contains(person))
          .forEach(person -> write(database, person, now, "", 0, 0));
    });
  }

  /** What was emptied. */
  private record Counts(List<FeedRows> feeds, long heldRows) {}

  private static Counts empty(Database database, SuppressionList list) {
    List<FeedRows> feeds = new ArrayList<>();
    for (History history : new Histories(database).every()) {
      Suppression suppression = new Suppression(database, history, list);
      FeedRows rows =
          new FeedRows(history.feed(), suppression.erase(), suppression.eraseRetained());
      if (rows.rows() + rows.staleRows() > 0) {
        feeds.add(rows);
      }
    }
    return new Counts(feeds, new HeldWindows(database).erase(list));
  }

  private static void record(Database database, String person, Instant now, Counts counts) {
    for (FeedRows rows : counts.feeds()) {
      write(database, person, now, rows.feed(), rows.rows(), rows.staleRows());
    }
    if (counts.heldRows() > 0 || counts.feeds().isEmpty()) {
      write(database, person, now, "", counts.heldRows(), 0);
    }
  }

  private static void write(
      Database database, String person, Instant now, String feed, long rows, long staleRows) {
    database.execute(
        "INSERT INTO birdie.erasure VALUES (?, ?, nullif(?, ''), ?, ?)",
        person,
        Receipts.utc(now),
        feed,
        rows,
        staleRows);
  }

  /**
   * @throws StoreException if the store knows of an erasure that the list does not
   */
  static void check(Path home, Database database, SuppressionList list) {
    List<String> known = known(database);
    database.rollback();
    if (!known.stream().allMatch(list::has)) {
      throw new StoreException(
          "People were erased from the store in "
              + home
              + " who are not on its list of erased people.",
          "Put the file \"suppressed\" back into the folder, from a copy of it or from beside a backup. Without it erased people would come back, so nothing is landed.");
    }
  }

  private static List<String> known(Database database) {
    return database.rows(row -> row.getString(1), "SELECT DISTINCT person FROM birdie.erasure");
  }
}
