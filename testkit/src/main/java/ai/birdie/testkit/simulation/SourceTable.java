package ai.birdie.testkit.simulation;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table with all its versions, as its log tells them. Version 0 is the empty table.
 *
 * @param commits when each version became visible, in microseconds since 1970, from version 1 on
 * @param rows every row as it ever stood
 */
record SourceTable(List<Long> commits, List<RowVersion> rows) {

  SourceTable {
    commits = List.copyOf(commits);
    rows = List.copyOf(rows);
  }

  /** The version that a statement sees which starts at {@code moment}. */
  long versionAt(long moment) {
    int version = 0;
    while (version < commits.size() && commits.get(version) <= moment) {
      version++;
    }
    return version;
  }

  long lastVersion() {
    return commits.size();
  }

  /** When {@code version} became visible. */
  long committed(long version) {
    return commits.get((int) version - 1);
  }

  /** The rows at a version. */
  Stream<RowVersion> at(long version) {
    return rows.stream().filter(row -> row.in(version));
  }
}
