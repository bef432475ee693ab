package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which opening of a store for writing may commit: the latest. Each raises a number, the epoch, in
 * the store and in a file beside it, and looks at that file before each of its commits.
 *
 * <p>Locks keep two writers apart. This is for when they do not: on a file system that does not
 * keep them, or after somebody has deleted the lock's file while its owner was paused. DuckDB would
 * not tell that owner, because it never reads again what it has read; a file of its own does.
 */
final class Fence {

  private final Path file;
  private final long epoch;

  private Fence(Path file, long epoch) {
    this.file = file;
    this.epoch = epoch;
  }

  /** Lets {@code database} commit from now on, and no earlier opening of the store. */
  static void raise(Path home, Database database) {
    long stored = database.number("SELECT epoch FROM birdie.store");
    database.rollback();
    Fence fence = above(home, stored);
    database.guard(fence::check);
    database.transaction(() -> database.execute("UPDATE birdie.store SET epoch = ?", fence.epoch));
  }

  /** Keeps every opening so far from committing. */
  static void close(Path home) {
    above(home, 0);
  }

  private static Fence above(Path home, long stored) {
    Path file = home.resolve("epoch");
    try {
      long published = Files.exists(file) ? published(file) : 0;
      Fence fence = new Fence(file, Math.max(stored, published) + 1);
      fence.publish();
      return fence;
    } catch (IOException e) {
      throw new StoreException(
          "The store's epoch " + file + " cannot be raised: " + StoreFiles.reason(e),
          "Make the folder one that this user may write, or choose another with --home.",
          e);
    }
  }

  private void publish() throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, Long.toString(epoch));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What no number stands in has no epoch, and is above none. */
  private static long published(Path file) throws IOException {
    String text = Files.readString(file).strip();
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /**
   * @throws StoreException if the store has been opened for writing since
   */
  private void check() {
    long latest;
    try {
      latest = published(file);
    } catch (IOException e) {
      throw new StoreException(
          "The store's epoch " + file + " cannot be read: " + StoreFiles.reason(e),
          "Nothing was committed; run the command again.",
          e);
    }
    if (latest != epoch) {
      throw new StoreException(
          "Another process has opened the store for writing, although this one held its lock.",
          "Nothing more was committed here, and what the other has landed stays. See that nobody"
              + " deletes the file lock, and that the home folder's file system keeps locks; then run"
              + " the command again.");
    }
  }
}
