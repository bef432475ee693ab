package ai.birdie.duckdb;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A store as one file that is nobody's: whole, verified, and as it stood after one commit. Coverage
 * and receipts lie in it beside the rows, so that a restored store knows how far it was read, and
 * the next run goes on from there.
 *
 * <p>A copy is made beside its place, verified, and then renamed: a process that is killed leaves
 * either nothing or all of it, and perhaps a file whose name ends in {@code .partial}, which the
 * next copy to the same place replaces.
 */
public final class StoreBackup {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private StoreBackup() {}

  /** What becomes of a store that is where one is to be restored. */
  public enum Existing {
    /** It stays, and nothing is restored. */
    STAYS,
    /** It is kept beside the restored one, under another name. */
    IS_KEPT_ASIDE
  }

  /** A backup that was taken: its file, and what reading it has found. */
  public record Taken(Path file, Verification verification) {}

  /** A store that was restored: what reading it has found, and where the former one is kept. */
  public record Restored(Verification verification, Optional<Path> aside) {}

  /**
   * Copies the store in {@code home}. Others may read it meanwhile, and nobody writes.
   *
   * @param target a file that is not there yet, or a folder, in which the file is named by {@code
   *     now}
   * @throws ConfigException if there is no store, or the file is there already
   * @throws StoreException if the store is damaged or in use by a writer, or the file cannot be
   *     written; there is no backup then
   */
  public static Taken take(Path home, Path target, Instant now) {
    Path store = StoreReader.file(home);
    Path file = Files.isDirectory(target) ? target.resolve(named(now)) : target;
    if (Files.exists(file)) {
      throw new ConfigException(
          "There is a file " + file + " already.",
          "Name another file, or a folder, in which each backup is named by its time.");
    }
    StoreLock lock = StoreLock.take(home, StoreLock.Use.READ);
    try (lock) {
      verify(store);
      Path partial = StoreFiles.partial(file);
      try {
        Verification verification = copy(store, partial);
        SuppressionList.of(home).keepBeside(file);
        StoreFiles.rename(partial, file);
        return new Taken(file, verification);
      } finally {
        StoreFiles.discard(partial);
      }
    } catch (IOException e) {
      throw new StoreException(
          "The backup " + file + " could not be written: " + StoreFiles.reason(e),
          "Name a file in a folder that this user may write, and that has room for it.",
          e);
    }
  }

  /**
   * Makes a backup the store in {@code home}. Whoever was erased since it was taken is erased from
   * it again.
   *
   * @param now names the former store, where that is kept
   * @throws ConfigException if there is no such backup, or a store that stays
   * @throws StoreException if the backup is damaged, or the store is in use or cannot be written;
   *     what was there is as it was then
   */
  public static Restored restore(Path backup, Path home, Existing existing, Instant now) {
    if (!Files.isRegularFile(backup)) {
      throw new ConfigException(
          "There is no backup " + backup + ".", "Name a file that birdie backup has written.");
    }
    DuckStore.create(home);
    Path store = home.resolve(DuckStore.FILE);
    StoreLock lock = StoreLock.take(home, StoreLock.Use.WRITE);
    try (lock) {
      if (Files.exists(store) && existing == Existing.STAYS) {
        throw new ConfigException(
            "There is a store in " + home + " already.",
            "Restore into another folder with --home; or let the backup take its place, and keep"
                + " the present store beside it, with --replace.");
      }
      Path partial = StoreFiles.partial(store);
      try {
        verifyBackup(backup);
        Verification verification = copy(backup, partial);
        SuppressionList people = SuppressionList.of(home).and(SuppressionList.ofBackup(backup));
        if (!people.isEmpty()) {
          verification = purged(partial, people, now);
        }
        StoreFiles.discardSpilt(store);
        Fence.close(home);
        people.keep(home);
        Optional<Path> aside = keepAside(store, home.resolve(named(now)));
        StoreFiles.rename(partial, store);
        return new Restored(verification, aside);
      } finally {
        StoreFiles.discard(partial);
      }
    } catch (IOException e) {
      throw new StoreException(
          "The store in " + home + " could not be restored: " + StoreFiles.reason(e),
          "See that this user may write there and that there is room for it; then restore again.",
          e);
    }
  }

  /** Empties a copy of everybody on the list, and writes it anew, so that no byte of them stays. */
  private static Verification purged(Path file, SuppressionList people, Instant now)
      throws IOException {
    try (Database database = Database.openForWriting(file)) {
      StoreErasure.again(database, people, now);
      database.checkpoint();
    }
    Path fresh = StoreFiles.partial(file);
    try {
      StoreCompaction.rewrite(file, fresh);
      StoreFiles.rename(fresh, file);
    } finally {
      StoreFiles.discard(fresh);
    }
    return verify(file);
  }

  private static void verifyBackup(Path backup) {
    try {
      verify(backup);
    } catch (StoreException e) {
      throw new StoreException(
          "The backup cannot be restored. " + e.getMessage(), "Restore another backup.", e);
    }
  }

  /** What reading all of a file finds, which must be whole. */
  static Verification verify(Path file) {
    try (Database database = Database.openForReading(file)) {
      StoreFormat.check(file, database);
      Verification verification = new Inspection(file, database).verify();
      if (!verification.whole()) {
        throw verification.failure().orElseThrow();
      }
      return verification;
    }
  }

  /** Copies a store's file with what is only in its log so far, and verifies the copy. */
  private static Verification copy(Path from, Path to) throws IOException {
    StoreFiles.copy(from, to);
    if (Files.exists(StoreFiles.log(from))) {
      StoreFiles.copy(StoreFiles.log(from), StoreFiles.log(to));
      try (Database database = Database.openForWriting(to)) {
        database.checkpoint();
      }
    }
    return verify(to);
  }

  /**
   * From the first step to the last there is a store, and a copy of all of the former one. What is
   * only in the former store's log is written into its file first, so that the file is whole
   * without its log; where nobody can read it, there is nothing to lose.
   */
  private static Optional<Path> keepAside(Path store, Path aside) throws IOException {
    if (!Files.exists(store)) {
      return Optional.empty();
    }
    Path log = StoreFiles.log(store);
    if (Files.exists(log)) {
      takeIn(store);
    }
    if (Files.exists(log)) {
      Files.createLink(StoreFiles.log(aside), log);
    }
    Files.createLink(aside, store);
    Files.deleteIfExists(log); // it would be taken for the restored store's
    return Optional.of(aside);
  }

  /** Writes a store's log into its file, if it can be read. */
  private static void takeIn(Path store) {
    try (Database database = Database.openForWriting(store)) {
      database.checkpoint();
    } catch (StoreException e) {
      // it is kept as it is, log and all
    }
  }

  private static String named(Instant now) {
    return "store-" + STAMP.format(now) + ".duckdb";
  }
}
