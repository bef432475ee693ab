package ai.birdie.databricks.fitness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.databricks.fitness.TableHistory.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commits of a table show how its rows come. */
final class TableHistoryTest {

  private static final List<String> NAMES =
      List.of(
          "version",
          "timestamp",
          "userName",
          "operation",
          "operationParameters",
          "operationMetrics");
  private static final Instant EVER = Instant.EPOCH;
  private static final long ANY = Long.MAX_VALUE;

  @Test
  void loadsAreWhatCameAfterTheFirst() {
    TableHistory history = history("CREATE TABLE", "WRITE", "WRITE", "OPTIMIZE", "MERGE", "DELETE");

    assertThat(versions(history.loads(EVER, ANY))).containsExactly(2L, 4L, 5L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE OR REPLACE TABLE AS SELECT",
        "REPLACE TABLE",
        "RESTORE",
        "CLONE",
        "ADD COLUMNS",
        "RENAME COLUMN",
        "DROP COLUMNS",
        "CHANGE COLUMN"
      })
  void whatChangesTheTableIsABeginning(String operation) {
    TableHistory history = history("CREATE TABLE AS SELECT", "WRITE", operation, "WRITE");

    assertThat(versions(history.loads(EVER, ANY))).containsExactly(3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIMIZE",
        "VACUUM START",
        "VACUUM END",
        "SET TBLPROPERTIES",
        "UNSET TBLPROPERTIES",
        "ADD CONSTRAINT",
        "FSCK",
        "CLUSTER BY",
        "UPGRADE PROTOCOL"
      })
  void upkeepIsNoLoad(String operation) {
    assertThat(history("CREATE TABLE AS SELECT", operation).loads(EVER, ANY)).isEmpty();
  }

  @Test
  void anUnknownOperationIsLookedAt() {
    assertThat(history("CREATE TABLE AS SELECT", "SOMETHING NEW").loads(EVER, ANY)).hasSize(1);
  }

  @Test
  void aHistoryWhoseBeginningIsForgottenIsLoads() {
    List<List<Optional<String>>> rows = List.of(row(8, "WRITE", "", ""), row(7, "WRITE", "", ""));

    assertThat(versions(TableHistory.of(NAMES, rows, "look").loads(EVER, ANY)))
        .containsExactly(7L, 8L);
  }

  @Test
  void thereIsABoundOfTimeAndOfRowsButOneIsAlwaysLookedAt() {
    TableHistory history = history("CREATE TABLE AS SELECT", "WRITE", "WRITE", "WRITE");

    assertThat(versions(history.loads(at(2), ANY))).containsExactly(2L, 3L);
    assertThat(versions(history.loads(EVER, 10))).containsExactly(2L, 3L);
    assertThat(versions(history.loads(EVER, 1))).containsExactly(3L);
    assertThat(history.loads(at(4), ANY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"properties\":\"{\\\"delta.enableChangeDataFeed\\\":\\\"true\\\"}\"}  | 1",
        "{\"properties\":\"{\\\"delta.enableChangeDataFeed\\\":\\\"false\\\"}\"} | 0",
        "{\"properties\":\"{\\\"delta.appendOnly\\\":\\\"true\\\"}\"}            | 0"
      })
  void theFeedIsThereFromWhereItWasSwitchedOn(String parameters, long version) {
    List<List<Optional<String>>> rows =
        List.of(row(1, "SET TBLPROPERTIES", parameters, ""), row(0, "CREATE TABLE", "{}", ""));

    assertThat(TableHistory.of(NAMES, rows, "look").feedOn()).isEqualTo(version);
  }

  @Test
  void whatIsNoHistoryIsRefused() {
    List<List<Optional<String>>> rows = new ArrayList<>();
    rows.add(row(1, "WRITE", "", ""));
    rows.set(0, new ArrayList<>(rows.get(0)));
    rows.get(0).set(1, Optional.empty());

    assertThatThrownBy(() -> TableHistory.of(NAMES, rows, "look"))
        .isInstanceOf(IncompleteException.class);
  }

  /** Each operation is a version of its own, a minute after the one before, of five rows. */
  private static TableHistory history(String... operations) {
    List<List<Optional<String>>> rows = new ArrayList<>();
    for (int i = 0; i < operations.length; i++) {
      rows.add(0, row(i, operations[i], "", "{\"numFiles\":\"1\",\"numOutputRows\":\"5\"}"));
    }
    return TableHistory.of(NAMES, rows, "look");
  }

  private static List<Optional<String>> row(
      long version, String operation, String parameters, String metrics) {
    return List.of(
        Optional.of(Long.toString(version)),
        Optional.of(at(version).toString()),
        Optional.empty(),
        Optional.of(operation),
        Optional.of(parameters),
        Optional.of(metrics));
  }

  private static Instant at(long version) {
    return Instant.parse("2026-03-10T12:00:00Z").plusSeconds(60 * version);
  }

  private static List<Long> versions(List<Commit> commits) {
    return commits.stream().map(Commit::version).toList();
  }
}
