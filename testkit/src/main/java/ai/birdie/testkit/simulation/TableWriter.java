package ai.birdie.testkit.simulation;

import ai.birdie.testkit.FeedbackRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a table version by version. */
final class TableWriter {

  private final List<Long> commits = new ArrayList<>();
  private final List<RowVersion> past = new ArrayList<>();
  private final TreeMap<Long, RowVersion> present = new TreeMap<>();
  private long ids;

  /** Adds a row, in the version that is being written. */
  void insert(FeedbackRow row) {
    put(++ids, row);
  }

  /** Writes the row {@code id} anew. */
  void update(long id, FeedbackRow row) {
    delete(id);
    put(id, row);
  }

  /** Takes the row {@code id} away. */
  void delete(long id) {
    RowVersion gone = Optional.ofNullable(present.remove(id)).orElseThrow();
    if (gone.from() < version()) { // else nobody ever saw it
      past.add(gone.until(version()));
    }
  }

  /** Makes the version visible; what is written from now on belongs to the next one. */
  void commit(long moment) {
    commits.add(moment);
  }

  /** The rows as they are that a statement could see which began at {@code moment}, by id. */
  List<RowVersion> seen(long moment) {
    int last = commits.size();
    while (last > 0 && commits.get(last - 1) > moment) {
      last--;
    }
    List<RowVersion> seen = new ArrayList<>(present.size());
    for (RowVersion row : present.values()) {
      if (row.from() <= last) {
        seen.add(row);
      }
    }
    return seen;
  }

  /** The table as far as it is written. */
  SourceTable table() {
    List<RowVersion> all = new ArrayList<>(past);
    all.addAll(present.values());
    return new SourceTable(commits, all);
  }

  private long version() {
    return commits.size() + 1L;
  }

  private void put(long id, FeedbackRow row) {
    present.put(id, new RowVersion(id, row, version(), RowVersion.STILL));
  }
}
