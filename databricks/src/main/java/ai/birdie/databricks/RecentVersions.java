package ai.birdie.databricks;

import ai.birdie.core.window.TableVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The newest versions of a table, newest first.
 *
 * @param commits at least one
 */
record RecentVersions(List<Commit> commits) {

  /** How many are asked for where the store is expected not to be far behind. */
  static final int FEW = 20;

  /** How many are asked for at the most; who is further behind compares everything. */
  static final int MANY = 1_000;

  /** After these a row's history may not lead to what it is now. */
  private static final List<String> BREAKS = List.of("RESTORE", "REPLACE", "CLONE");

  /** One version and what made it. */
  record Commit(TableVersion version, String operation) {

    boolean breaks() {
      String name = operation.toUpperCase(Locale.ROOT);
      return BREAKS.stream().anyMatch(name::contains);
    }
  }

  RecentVersions {
    commits = List.copyOf(commits);
    if (commits.isEmpty()) {
      throw new IllegalArgumentException("A table has a version");
    }
  }

  TableVersion newest() {
    return commits.get(0).version();
  }

  /** Whether the table, if it is still the same, tells what came after the version. */
  boolean reaches(TableVersion held) {
    return commits.get(commits.size() - 1).version().number() <= held.number();
  }

  /** Whether this is the table that had the version, and nothing has broken its history since. */
  boolean continues(TableVersion held) {
    Optional<Commit> same =
        commits.stream().filter(commit -> commit.version().equals(held)).findFirst();
    return same.isPresent()
        && commits.stream()
            .filter(commit -> commit.version().number() > held.number())
            .noneMatch(Commit::breaks);
  }
}
