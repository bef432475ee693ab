package ai.birdie.databricks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.Secret;
import ai.birdie.databricks.Surroundings;
import ai.birdie.databricks.WorkspaceConnection;
import ai.birdie.databricks.WorkspaceHost;
import ai.birdie.testkit.LocalWorkspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements that look at a share of the keys, of one kind of several, on a real table. */
final class FitnessSqlIT {

  private static final TableName TABLE = new TableName(Optional.of("main"), "feedback", "judged");
  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", "BIGINT"),
          new Column("text", "STRING"),
          new Column("at", "TIMESTAMP"),
          new Column("kind", "STRING"));
  private static final String SAMPLED = "kind = 'review' AND pmod(xxhash64('id', id), 3) = 0";

  @SuppressWarnings("NullAway.Init") // started once
  private static LocalWorkspace local;

  @SuppressWarnings("NullAway.Init") // opened once
  private static DatabricksWorkspace workspace;

  /** Version 1 brings 90 rows, version 2 changes 60 of them, and version 3 adds 30. */
  @BeforeAll
  static void start() {
    local = LocalWorkspace.start("--rows", "10");
    local.sql("GRANT SELECT ON SCHEMA main.feedback TO `" + local.clientId() + "`");
    local.sql(
        "CREATE TABLE main.feedback.judged (id BIGINT, text STRING, at TIMESTAMP, kind STRING)"
            + " TBLPROPERTIES (delta.enableChangeDataFeed = true, delta.enableRowTracking = true)");
    local.sql(insertion(0, 90, 0));
    local.sql(
        "UPDATE main.feedback.judged SET text = 'y', at = IF(id < 30, timestamp_micros(500), at)"
            + " WHERE id < 60");
    local.sql(insertion(90, 120, 1000));
    workspace =
        DatabricksWorkspace.open(
            new WorkspaceConnection(
                WorkspaceHost.local(local.host()),
                local.warehouseId(),
                new Credentials.OAuth(local.clientId(), Secret.of(local.clientSecret()))),
            Surroundings.ofThisMachine(),
            RunListener.NONE);
  }

  @AfterAll
  static void stop() {
    workspace.close();
    local.close();
  }

  @Test
  void whicheverWayAHistoryIsReadItSaysTheSame() {
    FitnessSql sql = new FitnessSql(feed(), 3);
    Commits commits = new Commits(new TreeMap<>(Map.of(2L, 2_000L, 3L, 3_000L)), 1_900);
    String added = count("id >= 90");
    String updated = count("id < 60");
    String moved = count("id < 30");
    String landed = count("id < 30 OR id >= 90");
    // the moved rows are 1,500 µs old when their version is committed, the added ones 2,000 µs
    List<String> expected = List.of(added, added, "0", updated, moved, "0", landed, added, "2000");

    for (Query query : List.of(sql.changed(commits), sql.tracked(commits), sql.compared(commits))) {
      List<String> line = one(query);
      assertThat(line.remove(8)).as("quantiles").matches("(1500|2000),2000");
      assertThat(line).as(query.sql()).isEqualTo(expected);
    }
    assertThat(Long.parseLong(added)).isBetween(1L, 29L);
  }

  @Test
  void whatIsThereIsCountedFromWhereReadingBegins() {
    List<List<Optional<String>>> lines = ask(new FitnessSql(feed(), 3).present(Optional.of(500L)));

    assertThat(lines)
        .containsExactlyInAnyOrder(
            List.of(
                Optional.of(FitnessSql.STAMPS),
                Optional.of(count("id < 30 OR id >= 90")),
                Optional.of("2"),
                Optional.of(String.valueOf(Math.max(number("id < 30"), number("id >= 90")))),
                Optional.of(number("id < 30") > number("id >= 90") ? "500" : "1000"),
                Optional.of("1")),
            List.of(
                Optional.of(FitnessSql.KEYS),
                Optional.of("0"),
                Optional.of("0"),
                Optional.of("0"),
                Optional.of("0"),
                Optional.empty()));
  }

  private static String insertion(int from, int to, long micros) {
    return "INSERT INTO main.feedback.judged SELECT id, 'x', timestamp_micros("
        + micros
        + "), kind"
        + " FROM range("
        + from
        + ", "
        + to
        + ") JOIN (SELECT explode(array('review', 'nps')) AS kind)";
  }

  private static FeedSql feed() {
    Cursor cursor = new Cursor("at", Optional.empty(), Optional.empty());
    return new FeedSql(
        TABLE,
        COLUMNS,
        List.of(COLUMNS.get(0)),
        CursorColumn.of(TABLE, COLUMNS.get(2), cursor),
        Optional.of(new KindFilter("kind", RecordKinds.REVIEW)));
  }

  private static long number(String condition) {
    return Long.parseLong(count(condition));
  }

  private static String count(String condition) {
    String sql =
        "SELECT count(*) FROM main.feedback.judged WHERE " + SAMPLED + " AND (" + condition + ")";
    return one(new Query(sql, List.of())).get(0);
  }

  private static List<String> one(Query query) {
    List<List<Optional<String>>> lines = ask(query);
    assertThat(lines).as(query.sql()).hasSize(1);
    return new ArrayList<>(lines.get(0).stream().map(v -> v.orElse("-")).toList());
  }

  private static List<List<Optional<String>>> ask(Query query) {
    return workspace.query(query.sql(), query.parameters());
  }
}
