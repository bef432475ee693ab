package ai.birdie.duckdb;

import static java.util.stream.Collectors.joining;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What reading all of a store has found.
 *
 * @param bytes the size of its file, with the log of what was not yet written into it
 * @param tables how many tables were read to the last value
 * @param rows how many rows those hold
 * @param damages what could not be read, or is not laid out as it was
 * @param feeds the receipts of every feed's current rows; none of a feed whose rows are damaged
 * @param altered the windows whose receipts, of these feeds or of former loadings, are not what was
 *     sealed when they were written
 * @param missing the windows whose receipts are gone
 */
public record Verification(
    long bytes,
    long tables,
    long rows,
    List<Damage> damages,
    List<FeedReceipts> feeds,
    SortedSet<Long> altered,
    SortedSet<Long> missing) {

  /**
   * A part of the store that is not what was written.
   *
   * @param part as people know it
   * @param finding what is wrong with it
   */
  public record Damage(String part, String finding) {}

  /**
   * A feed's receipts, verified again.
   *
   * @param receipts how many there are
   * @param unbalanced the windows whose rows in the store are not what their receipts say
   */
  public record FeedReceipts(String feed, long receipts, SortedSet<Long> unbalanced) {

    /** Whether the store holds what every receipt says. */
    public boolean hold() {
      return unbalanced.isEmpty();
    }
  }

  public Verification {
    damages = List.copyOf(damages);
    feeds = List.copyOf(feeds);
  }

  /** Whether every part is what was written. */
  public boolean whole() {
    return damages.isEmpty();
  }

  /** What is to be told and done, unless all is well. */
  public Optional<BirdieException> failure() {
    if (!whole()) {
      return Optional.of(
          new StoreException(
              damages.stream()
                  .map(damage -> damage.part() + ": " + damage.finding())
                  .collect(joining("; ", "The store is damaged: ", ".")),
              Database.RESTORE));
    }
    return receiptsHold() ? Optional.empty() : Optional.of(receiptsDoNotHold());
  }

  private boolean receiptsHold() {
    return altered.isEmpty() && missing.isEmpty() && feeds.stream().allMatch(FeedReceipts::hold);
  }

  private IncompleteException receiptsDoNotHold() {
    List<String> found = new ArrayList<>();
    feeds.stream()
        .filter(feed -> !feed.hold())
        .map(feed ->
            "it does not hold what those of %s say of windows %s"
                .formatted(feed.feed(), feed.unbalanced()))
        .forEach(found::add);
    if (!altered.isEmpty()) {
      found.add("those of windows %s were changed".formatted(altered));
    }
    if (!missing.isEmpty()) {
      found.add("those of windows %s are missing".formatted(missing));
    }
    return new IncompleteException(
        "The store's receipts are not true: " + String.join("; ", found) + ".",
        "Find out who writes to the store's file. Then restore a backup (birdie restore FILE"
            + " --replace), or load the feeds anew, beside what is there: birdie ingest --full FILE");
  }
}
