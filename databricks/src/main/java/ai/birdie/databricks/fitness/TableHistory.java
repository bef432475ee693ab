package ai.birdie.databricks.fitness;

import ai.birdie.databricks.error.DatabricksErrors;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest commits of a table, as {@code DESCRIBE HISTORY} tells them.
 *
 * @param commits by version, without gaps
 */
record TableHistory(List<Commit> commits) {

  /** What does not change a row. */
  private static final Pattern UPKEEP =
      Pattern.compile(
          "OPTIMIZE|VACUUM.*|(UN)?SET TBLPROPERTIES|.*CONSTRAINT|FSCK|REORG|CLUSTER BY|COMPUTE.*"
              + "|ANALYZE.*|UPGRADE PROTOCOL|DROP FEATURE|.*FEATURE|AUTO COMPACTION|.*TBLPROPERTIES"
              + "|.*COMMENT.*|CREATE TABLE");

  /** After what the rows, or the columns, are not those of before. */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "CREATE .*|REPLACE .*|.*AS SELECT|.*CLONE|RESTORE|CONVERT|.*COLUMNS?|UPDATE SCHEMA");

  private static final Pattern FEED_ON =
      Pattern.compile("enableChangeDataFeed\\W+true", Pattern.CASE_INSENSITIVE);
  private static final Pattern WRITTEN =
      Pattern.compile(
          "\"num(?:OutputRows|TargetRowsInserted|TargetRowsUpdated|UpdatedRows)\"\\W+([0-9]{1,15})");

  /**
   * A commit.
   *
   * @param rows about how many rows it wrote; 0 where it does not tell
   * @param feedOn whether it switched the change data feed on
   */
  record Commit(long version, Instant at, String operation, long rows, boolean feedOn) {

    boolean isUpkeep() {
      return UPKEEP.matcher(operation).matches();
    }

    boolean isBeginning() {
      return BEGINNING.matcher(operation).matches();
    }
  }

  TableHistory {
    commits = List.copyOf(commits);
  }

  /**
   * What an answer says, whose columns have these names.
   *
   * @throws ai.birdie.core.error.IncompleteException if it is no history
   */
  static TableHistory of(List<String> columns, List<List<Optional<String>>> rows, String purpose) {
    List<String> names = columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    List<Commit> commits = new ArrayList<>();
    for (List<Optional<String>> row : rows) {
      commits.add(
          commit(
              named(names, row, "version"),
              named(names, row, "timestamp"),
              named(names, row, "operation"),
              named(names, row, "operationmetrics"),
              named(names, row, "operationparameters"),
              purpose));
    }
    commits.sort(Comparator.comparingLong(Commit::version));
    return new TableHistory(commits);
  }

  private static String named(List<String> names, List<Optional<String>> row, String name) {
    int at = names.indexOf(name);
    return at < 0 ? "" : row.get(at).orElse("");
  }

  private static Commit commit(
      String version,
      String at,
      String operation,
      String metrics,
      String parameters,
      String purpose) {
    try {
      return new Commit(
          Long.parseLong(version),
          OffsetDateTime.parse(at.replace(' ', 'T')).toInstant(),
          operation.toUpperCase(Locale.ROOT),
          written(metrics),
          FEED_ON.matcher(parameters).find());
    } catch (NumberFormatException | DateTimeParseException e) {
      throw DatabricksErrors.incomplete(
          purpose, "the history has no version, or no time, of a row");
    }
  }

  private static long written(String metrics) {
    long rows = 0;
    Matcher counts = WRITTEN.matcher(metrics);
    while (counts.find()) {
      rows += Long.parseLong(counts.group(1));
    }
    return rows;
  }

  /**
   * The newest loads that can be judged, by version: none before {@code since}, none of a version
   * up to the first load or the last change of the columns, and no more than {@code most} rows,
   * unless one has more.
   */
  List<Commit> loads(Instant since, long most) {
    List<Commit> loads = new ArrayList<>();
    long rows = 0;
    for (int i = commits.size() - 1; i >= 0; i--) {
      Commit commit = commits.get(i);
      boolean first = commit.version() == firstLoad();
      if (first || commit.isBeginning() || commit.at().isBefore(since)) {
        break;
      }
      if (commit.isUpkeep()) {
        continue;
      }
      rows += commit.rows();
      if (rows > most && !loads.isEmpty()) {
        break;
      }
      loads.add(0, commit);
    }
    return loads;
  }

  /** What brings the rows that a new table has from the beginning; -1 where it is out of sight. */
  private long firstLoad() {
    if (commits.isEmpty() || commits.get(0).version() != 0) {
      return -1;
    }
    return commits.stream().filter(c -> !c.isUpkeep()).findFirst().map(Commit::version).orElse(-1L);
  }

  /** The version from which on the change data feed may be there. */
  long feedOn() {
    return commits.stream().filter(Commit::feedOn).mapToLong(Commit::version).max().orElse(0);
  }
}
