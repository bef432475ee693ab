package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Interval;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One loading of a feed, from its start on. */
final class MemoryHistory {

  /** A count and a sum of hashes. */
  private record Sum(long rows, BigInteger hashes) {

    static final Sum NOTHING = new Sum(0, BigInteger.ZERO);

    Sum plus(long moreRows, BigInteger moreHashes) {
      return new Sum(rows + moreRows, hashes.add(moreHashes));
    }
  }

  private final String fingerprint;
  private final Map<Identity, StoredRow> rows = new LinkedHashMap<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final Map<Long, Sum> displaced = new HashMap<>();
  private Coverage coverage = Coverage.none();

  MemoryHistory(Feed feed) {
    this.fingerprint = feed.fingerprint();
  }

  boolean fits(Feed feed) {
    return fingerprint.equals(feed.fingerprint());
  }

  Coverage coverage() {
    return coverage;
  }

  void cover(Interval interval) {
    coverage = coverage.plus(interval);
  }

  /** The current row of each identity. */
  Map<Identity, StoredRow> rows() {
    return rows;
  }

  /** Makes a window's rows and its receipt part of the history. */
  void take(Settlement settlement, Receipt receipt) {
    for (StoredRow gone : settlement.displaced()) {
      displaced.merge(
          gone.window(),
          Sum.NOTHING.plus(1, BigInteger.valueOf(gone.hash())),
          (sum, next) -> sum.plus(next.rows(), next.hashes()));
    }
    rows.putAll(settlement.staying());
    receipts.add(receipt);
  }

  /**
   * The windows whose landed rows, less those that later windows displaced, are not the rows that
   * are held of them, by count or by sum of hashes.
   */
  Set<Long> unbalanced() {
    Map<Long, Sum> held = held(rows.values());
    Set<Long> wrong = new TreeSet<>(held.keySet());
    for (Receipt receipt : receipts) {
      Sum gone = displaced.getOrDefault(receipt.window(), Sum.NOTHING);
      Sum due = landed(receipt).plus(-gone.rows(), gone.hashes().negate());
      if (due.equals(held.getOrDefault(receipt.window(), Sum.NOTHING))) {
        wrong.remove(receipt.window());
      } else {
        wrong.add(receipt.window());
      }
    }
    return wrong;
  }

  private static Map<Long, Sum> held(Collection<StoredRow> rows) {
    Map<Long, Sum> held = new HashMap<>();
    for (StoredRow row : rows) {
      Sum sum = held.getOrDefault(row.window(), Sum.NOTHING);
      held.put(row.window(), sum.plus(1, BigInteger.valueOf(row.hash())));
    }
    return held;
  }

  private static Sum landed(Receipt receipt) {
    Sum sum = Sum.NOTHING;
    for (Tally tally : receipt.tallies()) {
      boolean stayed =
          tally.disposition() == Disposition.NEW || tally.disposition() == Disposition.CHANGED;
      sum = stayed ? sum.plus(tally.rows(), tally.hashSum()) : sum;
    }
    return sum;
  }
}
