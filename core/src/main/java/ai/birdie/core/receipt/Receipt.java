package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Way;
import ai.birdie.core.receipt.Tally.Soundness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The proof of one window, stored in the transaction that landed it.
 *
 * @param window the window's number, ascending in a store
 * @param sort the window's sort, as {@code Window.sort()}
 * @param bounds the window's bounds, as people read them
 * @param horizon the source's clock at which the run read
 * @param way the way in which it read
 * @param reason why in no stronger one, for people; empty where there is none
 * @param version the table's version at which it read; empty where none was pinned
 * @param proof what the reader saw; of no bytes where nothing had to be read
 * @param control what the source said apart from that
 * @param tallies what became of the window's rows
 * @param missed what of its rows no run had seen before, where it was read again by the cursor
 * @param committedAt when it was landed, by this machine's clock
 */
public record Receipt(
    long window,
    String feed,
    String sort,
    String bounds,
    Instant horizon,
    Way way,
    Optional<String> reason,
    Optional<Long> version,
    Proof proof,
    Control control,
    List<Tally> tallies,
    Missed missed,
    Instant committedAt) {

  public Receipt {
    requireNonNull(feed);
    requireNonNull(sort);
    requireNonNull(bounds);
    requireNonNull(horizon);
    requireNonNull(way);
    requireNonNull(reason);
    requireNonNull(version);
    requireNonNull(proof);
    requireNonNull(control);
    requireNonNull(missed);
    requireNonNull(committedAt);
    tallies = List.copyOf(tallies);
  }

  /**
   * Whether every row that the source declared met exactly one end, and whether these are, by count
   * and by sum of hashes, the rows that the source says the window holds.
   */
  public boolean balances() {
    Total landed = Tally.total(tallies);
    return proof.rows() == landed.rows()
        && (control.standing() == Control.Standing.UNPROVED
            || control.asked().total().equals(landed));
  }

  /** Whether rows were read for it; else the source held what the store did. */
  public boolean wasRead() {
    return proof.chunks() > 0;
  }

  /** The rows, sound or not, that met this end. */
  public long rows(Disposition disposition) {
    return sum(tally -> tally.disposition() == disposition);
  }

  /** The rows that broke the contract, whatever end they met. */
  public long quarantined() {
    return sum(tally -> tally.soundness() == Soundness.QUARANTINED);
  }

  private long sum(Predicate<Tally> which) {
    return tallies.stream().filter(which).mapToLong(Tally::rows).sum();
  }
}
