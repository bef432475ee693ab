package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.feed.TextPattern;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.sql.Column;
import ai.birdie.testkit.LocalWorkspace;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The source against the local workspace: real SQL on real tables, over the real wire format. */
final class LocalWorkspaceIT {

  private static final TableName NPS = table("nps");

  @SuppressWarnings("NullAway.Init")
  private static LocalWorkspace local;

  private final List<String> warnings = new ArrayList<>();

  @BeforeAll
  static void start() {
    local = LocalWorkspace.start("--rows", "500", "--chunk-rows", "100");
    local.sql("GRANT SELECT ON SCHEMA main.feedback TO `" + local.clientId() + "`");
    local.sql(
        "CREATE TABLE main.feedback.cursors (id INT, at TIMESTAMP, local TIMESTAMP_NTZ, day DATE,"
            + " epoch BIGINT, said STRING, kind STRING)");
    local.sql(
        """
        INSERT INTO main.feedback.cursors VALUES
        (1, TIMESTAMP'1969-12-31 23:59:59.999999Z', TIMESTAMP_NTZ'1969-12-31 23:59:59.999999',
            DATE'1969-12-31', -1, '1969-12-31T23:59:59.999999Z', 'NPS'),
        (2, TIMESTAMP'2024-03-10 10:30:00.000001Z', TIMESTAMP_NTZ'2024-03-10 02:30:00.000001',
            DATE'2024-03-10', 1710066600, '2024-03-10 10:30:00.000001+00:00', ' nps'),
        (3, TIMESTAMP'2024-03-10 10:30:00.000002Z', TIMESTAMP_NTZ'2024-03-10 02:30:00.000002',
            DATE'2024-03-11', 1710066601, '2024-03-10 11:30:00.000002+01:00', 'Support Ticket'),
        (4, NULL, NULL, NULL, NULL, NULL, 'support_ticket'),
        (5, TIMESTAMP'9999-12-31 23:59:59.999999Z', TIMESTAMP_NTZ'9999-12-31 23:59:59.999999',
            DATE'9999-12-31', 9223372036854775807, 'no time at all', 'support - ticket')\
        """);
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  @Test
  void answersWhatValidateAsks() {
    try (DatabricksWorkspace workspace = workspace(oauth())) {
      workspace.authenticate();
      assertThat(workspace.root()).isEqualTo("DIRECTORY");
      assertThat(workspace.warehouse().id()).isEqualTo(local.warehouseId());
      assertThat(workspace.startWarehouse().isRunning()).isTrue();
      workspace.selectOne();
      assertThat(workspace.columns(NPS)).contains(new Column("posted_at", "TIMESTAMP"));
      assertThat(workspace.downloadTest().bytes()).isPositive();
      assertThat(workspace.query("SELECT CAST(1.50 AS DECIMAL(5,2)), NULL", List.of()))
          .isEqualTo(List.of(List.of(Optional.of("1.50"), Optional.empty())));
    }
  }

  @Test
  void takesAPersonalAccessTokenToo() {
    Credentials token = new Credentials.PersonalAccessToken(Secret.of(local.personalAccessToken()));
    try (DatabricksWorkspace workspace = workspace(token)) {
      workspace.authenticate();
      assertThat(workspace.root()).isEqualTo("DIRECTORY");
    }
  }

  @Test
  void readsEveryRowOfATableOnceInSeveralChunks() throws IOException {
    Seen seen = readAll(feed(NPS, "updated_at", Optional.empty()));
    BigInteger count = number("SELECT count(*) FROM main.feedback.nps");
    assertThat(seen.rows).isEqualTo(count.longValueExact());
    assertThat(seen.chunks).isGreaterThan(3);
  }

  @Test
  void hashesEveryType() throws IOException {
    String table = "main.feedback.all_types";
    local.sql(
        "CREATE TABLE "
            + table
            + " (id BIGINT, ti TINYINT, sm SMALLINT, i INT, f FLOAT, d DOUBLE, dec DECIMAL(38,10),"
            + " s STRING, vc VARCHAR(10), b BOOLEAN, bin BINARY, da DATE, ts TIMESTAMP,"
            + " ntz TIMESTAMP_NTZ, a ARRAY<INT>, m MAP<STRING,INT>, mm MAP<STRING,MAP<STRING,INT>>,"
            + " st STRUCT<x: INT, y: MAP<STRING,STRING>>, `odd ``name'\\` STRING, _cursor INT)"
            + " TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    local.sql(
        "INSERT INTO "
            + table
            + " VALUES (1, 2Y, 3S, 4, 1.5F, double('NaN'), 1234567890123456789012345678.0123456789BD,"
            + " 'text', 'vc', true, X'00FF', DATE'2024-02-29', TIMESTAMP'2024-02-29 12:00:00.000001Z',"
            + " TIMESTAMP_NTZ'2024-02-29 12:00:00.000001', array(1, NULL), map('b', 1, 'a', 2),"
            + " map('k', map('x', 1)), named_struct('x', 1, 'y', map('p', 'q')), 'odd', 9)");
    local.sql("INSERT INTO " + table + " (id, ts) VALUES (2, TIMESTAMP'2024-02-29 12:00:00Z')");
    local.sql("INSERT INTO " + table + " (id) VALUES (NULL)");
    Seen seen = readAll(feed(table("all_types"), "ts", Optional.empty()));
    assertThat(seen.positions).containsOnlyKeys(1L, 2L, -1L);
    assertThat(seen.positions.get(1L)).isEqualTo("1709208000000001");
    assertThat(seen.nullHashes).containsExactly(0L);
    assertThat(seen.names).contains("_cursor_1", "odd `name'\\").doesNotContain("_CURSOR");
    assertThat(warnings).anyMatch(warning -> warning.contains("_cursor_1"));
    BigInteger control =
        number(
            "SELECT xxhash64('id', id) ^ xxhash64('ts', ts) FROM main.feedback.all_types"
                + " WHERE id = 2");
    assertThat(seen.hashes.get(2L)).isEqualTo(control.longValueExact());
  }

  @Test
  void findsThePositionOfEachSortOfCursor() throws IOException {
    assertThat(readAll(cursors("at")).positions.toString())
        .isEqualTo("{1=-1, 2=1710066600000001, 3=1710066600000002, 4=null, 5=253402300799999999}");
    assertThat(readAll(cursors("LOCAL")).positions.toString())
        .isEqualTo("{1=-1, 2=1710037800000001, 3=1710037800000002, 4=null, 5=253402300799999999}");
    assertThat(warnings).anyMatch(warning -> warning.contains("cursor_zone"));
    assertThat(readAll(cursors("day")).positions.toString())
        .isEqualTo(
            "{1=-86400000000, 2=1710028800000000, 3=1710115200000000, 4=null, 5=253402214400000000}");
    assertThat(readAll(cursors("epoch")).positions.toString())
        .isEqualTo("{1=-1000000, 2=1710066600000000, 3=1710066601000000, 4=null, 5=null}");
    assertThat(readAll(cursors("said")).positions.toString())
        .isEqualTo("{1=-1, 2=1710066600000001, 3=1710066600000002, 4=null, 5=null}");
    assertThat(warnings).anyMatch(warning -> warning.contains("cannot skip files"));
  }

  @Test
  void takesTextOfAnotherFormThanThePatternForNoCursor() throws IOException {
    local.sql("CREATE TABLE main.feedback.stamped (id INT, said STRING)");
    local.sql(
        "INSERT INTO main.feedback.stamped VALUES (1, '2024-03-10 02:30:00.000'),"
            + " (2, '2024-03-10 02:30:00.001'), (3, '2024-03-10 02:30:00.1'), (4, NULL),"
            + " (5, '2024-03-10 25:30:00.000'), (6, '9999-12-31 00:00:00.000'), (7, 'soon')");
    Cursor said =
        new Cursor(
            "said",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new TextPattern("yyyy-MM-dd HH:mm:ss.SSS")));
    assertThat(readAll(feed(table("stamped"), said, Optional.empty())).positions.toString())
        .isEqualTo(
            "{1=1710037800000000, 2=1710037800001000, 3=null, 4=null, 5=null,"
                + " 6=253402214400000000, 7=null}");
    assertThat(warnings).noneMatch(warning -> warning.contains("cannot skip files"));
  }

  @Test
  void countsAheadAndWithoutCursorAndCutsTheRest() {
    try (DatabricksWorkspace workspace = workspace(oauth());
        BufferAllocator allocator = new RootAllocator();
        Source source = workspace.source(allocator)) {
      Probe probe = source.probe(cursors("local"), Coverage.none());
      assertThat(probe.smallest()).contains(-1L);
      assertThat(probe.withoutCursor()).isEqualTo(1);
      assertThat(probe.ahead()).isEqualTo(1);
      assertThat(probe.due()).isEqualTo(3);
      assertThat(probe.quantiles())
          .isSorted()
          .isNotEmpty()
          .allMatch(cut -> cut < 1710037800000003L);
    }
  }

  @Test
  void cutsALargeFeedIntoWindowsThatShareNoRow() throws IOException {
    Feed nps = feed(NPS, "updated_at", Optional.empty());
    Feed small =
        new Feed(
            nps.name(),
            nps.workspace(),
            nps.table(),
            nps.kind(),
            nps.key(),
            nps.cursor(),
            nps.filter(),
            nps.start(),
            nps.lag(),
            nps.settle(),
            60);
    Seen seen = readAll(small);
    assertThat(seen.windows).isBetween(5, 20);
    assertThat(seen.rows)
        .isEqualTo(number("SELECT count(*) FROM main.feedback.nps").longValueExact());
    assertThat(seen.hashSum()).isEqualTo(readAll(nps).hashSum());
  }

  @Test
  void readsTypesThatOnlyAViewCanHave() throws IOException {
    local.sql(
        "CREATE VIEW main.feedback.odd AS SELECT 1 AS id, parse_json('{\"a\": [1, null]}') AS v,"
            + " INTERVAL '1-2' YEAR TO MONTH AS months,"
            + " INTERVAL '1 02:03:04.000005' DAY TO SECOND AS time, NULL AS nothing,"
            + " TIMESTAMP'2024-01-01 00:00:00Z' AS at, array(map('k', parse_json('2'))) AS deep");
    Seen seen = readAll(feed(table("odd"), "at", Optional.empty()));
    assertThat(seen.rows).isEqualTo(1);
    assertThat(seen.hashes.get(1L)).isNotZero();
  }

  @Test
  void looksAgainWhereAColumnIsGone() throws IOException {
    local.sql(
        "CREATE TABLE main.feedback.drift (id INT, at TIMESTAMP, old INT)"
            + " TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    local.sql("INSERT INTO main.feedback.drift VALUES (1, TIMESTAMP'2024-01-01 00:00:00Z', 2)");
    Feed feed = feed(table("drift"), "at", Optional.empty());
    try (DatabricksWorkspace workspace = workspace(oauth());
        BufferAllocator allocator = new RootAllocator();
        Source source = workspace.source(allocator)) {
      Probe probe = source.probe(feed, Coverage.none());
      Window window = new Planner().plan(feed, Coverage.none(), probe).windows().get(0);
      local.sql("ALTER TABLE main.feedback.drift RENAME COLUMN old TO young");
      try (BatchReader reader = source.read(feed, window)) {
        assertThat(reader.loadNextBatch()).isTrue();
        assertThat(reader.getVectorSchemaRoot().getVector("young")).isNotNull();
      }
    }
  }

  @Test
  void readsOneKindOfSeveral() throws IOException {
    Feed tickets =
        feed(
            table("cursors"),
            "at",
            Optional.of(new KindFilter("KIND", RecordKinds.SUPPORT_TICKET)));
    assertThat(readAll(tickets).positions).containsOnlyKeys(3L, 4L, 5L);
  }

  @Test
  void readsAnEmptyTableWithItsSchema() throws IOException {
    local.sql(
        "CREATE TABLE main.feedback.empty (id INT, at TIMESTAMP, m MAP<STRING, ARRAY<INT>>,"
            + " d DECIMAL(9,3))");
    Feed feed = feed(table("empty"), "at", Optional.empty());
    assertThat(readAll(feed).rows).isZero();
    try (DatabricksWorkspace workspace = workspace(oauth());
        BufferAllocator allocator = new RootAllocator();
        Source source = workspace.source(allocator)) {
      Probe probe = source.probe(feed, Coverage.none());
      assertThat(probe.smallest()).isEmpty();
      try (BatchReader reader = source.read(feed, new Window.NullCursor(probe.horizon()))) {
        assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
            .extracting(field -> field.getName() + " " + field.getType())
            .containsExactly(
                "id Int(32, true)",
                "at Timestamp(MICROSECOND, UTC)",
                "m Map(false)",
                "d Decimal(9, 3, 128)",
                "_cursor Int(64, true)",
                "_row_hash Int(64, true)");
        assertThat(reader.loadNextBatch()).isFalse();
        assertThat(reader.proof().rows()).isZero();
      }
    }
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() {
    Credentials wrong = new Credentials.OAuth(local.clientId(), Secret.of("canary-7f3a"));
    assertThatThrownBy(() -> workspace(wrong).authenticate())
        .isInstanceOf(AccessException.class)
        .hasMessageNotContaining("canary");
    WorkspaceConnection elsewhere =
        new WorkspaceConnection(WorkspaceHost.local(local.host()), "ffffffffffffffff", oauth());
    assertThatThrownBy(() -> open(elsewhere).warehouse())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ffffffffffffffff");
    assertThatThrownBy(() -> open(elsewhere).selectOne()).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> workspace(oauth()).columns(table("npss")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not found");
    assertThatThrownBy(() -> readAll(feed(NPS, "updated", Optional.empty())))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            e -> assertThat(((BirdieException) e).remedy().orElse("")).contains("updated_at"));
  }

  @Test
  void namesTheGrantThatIsMissing() {
    local.sql("CREATE SCHEMA main.closed");
    local.sql("CREATE TABLE main.closed.t (id INT)");
    TableName closed = new TableName(Optional.of("main"), "closed", "t");
    assertThatThrownBy(() -> workspace(oauth()).columns(closed))
        .isInstanceOf(BirdieException.class)
        .satisfies(e ->
            assertThat(((BirdieException) e).remedy().orElse(""))
                .contains("GRANT SELECT ON TABLE `main`.`closed`.`t` TO `")
                .contains(local.clientId()));
  }

  @Test
  void cannotReachAWorkspaceThatIsNotThere() {
    WorkspaceConnection nowhere =
        new WorkspaceConnection(
            WorkspaceHost.local("http://127.0.0.1:1"), local.warehouseId(), oauth());
    assertThatThrownBy(() -> open(nowhere).root())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("127.0.0.1");
  }

  /** What was read of a table whose first column is a number. */
  private static final class Seen {
    private long rows;
    private int chunks;
    private int windows;
    private final List<Long> allHashes = new ArrayList<>();
    private List<String> names = List.of();
    private final TreeMap<Long, String> positions = new TreeMap<>();
    private final TreeMap<Long, Long> hashes = new TreeMap<>();
    private final List<Long> nullHashes = new ArrayList<>();

    private BigInteger hashSum() {
      return allHashes.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }
  }

  private Seen readAll(Feed feed) throws IOException {
    Seen seen = new Seen();
    try (DatabricksWorkspace workspace = workspace(oauth());
        BufferAllocator allocator = new RootAllocator();
        Source source = workspace.source(allocator)) {
      Probe probe = source.probe(feed, Coverage.none());
      for (Window window : new Planner().plan(feed, Coverage.none(), probe).windows()) {
        try (BatchReader reader = source.read(feed, window)) {
          VectorSchemaRoot root = reader.getVectorSchemaRoot();
          seen.names = root.getSchema().getFields().stream().map(f -> f.getName()).toList();
          while (reader.loadNextBatch()) {
            keep(root, seen);
          }
          Proof proof = reader.proof();
          seen.chunks += proof.chunks();
          seen.windows++;
        }
      }
    }
    return seen;
  }

  private static void keep(VectorSchemaRoot root, Seen seen) {
    BigIntVector position = (BigIntVector) root.getVector(BatchReader.CURSOR);
    BigIntVector hash = (BigIntVector) root.getVector(BatchReader.ROW_HASH);
    FieldVector id = root.getVector(0);
    for (int i = 0; i < root.getRowCount(); i++) {
      seen.rows++;
      long key = id.getObject(i) instanceof Number number ? number.longValue() : -1;
      seen.positions.put(key, position.isNull(i) ? "null" : Long.toString(position.get(i)));
      seen.hashes.put(key, hash.get(i));
      seen.allHashes.add(hash.get(i));
      if (id.isNull(i)) {
        seen.nullHashes.add(hash.get(i));
      }
    }
  }

  private DatabricksWorkspace workspace(Credentials credentials) {
    return open(
        new WorkspaceConnection(
            WorkspaceHost.local(local.host()), local.warehouseId(), credentials));
  }

  private DatabricksWorkspace open(WorkspaceConnection connection) {
    RunListener listener =
        new RunListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    Surroundings machine = Surroundings.ofThisMachine();
    Surroundings hurried =
        new Surroundings(
            machine.clock(), machine.nanoTime(), pause -> {}, machine.random(), machine.limits());
    boolean reachable = connection.host().uri().getPort() != 1;
    return DatabricksWorkspace.open(connection, reachable ? machine : hurried, listener);
  }

  private static Credentials oauth() {
    return new Credentials.OAuth(local.clientId(), Secret.of(local.clientSecret()));
  }

  private static BigInteger number(String sql) {
    String answer = local.sql(sql);
    return new BigInteger(answer.replaceAll("(?s).*\"data_array\":\\[\\[\"(-?[0-9]+)\".*", "$1"));
  }

  private static TableName table(String name) {
    return new TableName(Optional.of("main"), "feedback", name);
  }

  private static Feed cursors(String column) {
    return feed(table("cursors"), column, Optional.empty());
  }

  private static Feed feed(TableName table, String cursor, Optional<KindFilter> filter) {
    return feed(
        table,
        new Cursor(cursor, Optional.<ZoneId>empty(), Optional.of(EpochUnit.SECONDS)),
        filter);
  }

  private static Feed feed(TableName table, Cursor cursor, Optional<KindFilter> filter) {
    return new Feed(
        table.table(),
        "127.0.0.1",
        table,
        RecordKinds.REFERENCE,
        List.of("id"),
        cursor,
        filter,
        Optional.empty(),
        Duration.ofHours(1),
        Duration.ZERO,
        1000);
  }
}
