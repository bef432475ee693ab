package ai.birdie.databricks.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Commits of a table that changed its rows.
 *
 * @param positions of each by its version when it was committed, as a position of the cursor's;
 *     never empty
 * @param lagMicros what is late for the feed
 */
public record Commits(SortedMap<Long, Long> positions, long lagMicros) {

  public Commits {
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    if (positions.isEmpty()) {
      throw new IllegalArgumentException("At least one commit");
    }
  }

  long first() {
    return positions.firstKey();
  }

  long last() {
    return positions.lastKey();
  }

  /** The version that the first of them changed. */
  long base() {
    return first() - 1;
  }

  /** The versions between which the rows changed. */
  List<Long> states() {
    List<Long> states = new ArrayList<>(List.of(base()));
    states.addAll(positions.keySet());
    return states;
  }

  /** A map of SQL, from version to position. */
  String times() {
    return positions.entrySet().stream()
        .map(commit -> commit.getKey() + "L, " + commit.getValue() + "L")
        .collect(Collectors.joining(", ", "map(", ")"));
  }
}
