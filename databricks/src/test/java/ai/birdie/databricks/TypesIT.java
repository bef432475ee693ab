package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.result.DecodedHash;
import ai.birdie.testkit.LocalWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every type of Databricks, with its extremes, as Arrow from the storage and as text in the answer:
 * the same vectors, to the last digit.
 */
final class TypesIT {

  /** A value in SQL, and what its vector holds. */
  private record Case(String sql, String held) {}

  private static final List<String> TYPES =
      List.of(
          "TINYINT",
          "SMALLINT",
          "INT",
          "BIGINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL(38,10)",
          "STRING",
          "BOOLEAN",
          "BINARY",
          "DATE",
          "TIMESTAMP",
          "TIMESTAMP_NTZ",
          "ARRAY<INT>",
          "MAP<STRING, INT>",
          "STRUCT<a: INT, b: ARRAY<STRING>>",
          "VARIANT",
          "INTERVAL YEAR TO MONTH",
          "INTERVAL DAY TO SECOND");

  private static final List<Case> CASES =
      List.of(
          new Case("CAST(-128 AS TINYINT)", "-128"),
          new Case("CAST(127 AS TINYINT)", "127"),
          new Case("CAST(-32768 AS SMALLINT)", "-32768"),
          new Case("CAST(32767 AS SMALLINT)", "32767"),
          new Case("CAST(-2147483648 AS INT)", "-2147483648"),
          new Case("2147483647", "2147483647"),
          new Case("CAST('-9223372036854775808' AS BIGINT)", "-9223372036854775808"),
          new Case("9223372036854775807L", "9223372036854775807"),
          new Case("CAST('NaN' AS FLOAT)", "NaN"),
          new Case("CAST('-Infinity' AS FLOAT)", "-Infinity"),
          new Case("CAST('1.4E-45' AS FLOAT)", "1.4E-45"),
          new Case("CAST('3.4028235E38' AS FLOAT)", "3.4028235E38"),
          new Case("CAST('NaN' AS DOUBLE)", "NaN"),
          new Case("CAST('Infinity' AS DOUBLE)", "Infinity"),
          new Case("CAST('-0.0' AS DOUBLE)", "-0.0"),
          new Case("CAST('4.9E-324' AS DOUBLE)", "4.9E-324"),
          new Case("CAST('1.7976931348623157E308' AS DOUBLE)", "1.7976931348623157E308"),
          new Case("0.1D", "0.1"),
          new Case(
              "CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0))",
              "99999999999999999999999999999999999999"),
          new Case(
              "CAST('-0.99999999999999999999999999999999999999' AS DECIMAL(38,38))",
              "-0.99999999999999999999999999999999999999"),
          new Case("CAST(0 AS DECIMAL(10,2))", "0.00"),
          new Case("CAST('0.0000000001' AS DECIMAL(12,10))", "1E-10"),
          new Case("''", ""),
          new Case("'null'", "null"),
          new Case("'a\\n\\t\\\\\\'\"b'", "a\n\t\\'\"b"),
          new Case("'\uD83D\uDC26 \u202Eright to left'", "\uD83D\uDC26 \u202Eright to left"),
          new Case("concat('a', char(0), 'b')", "a\0b"),
          new Case("repeat('x', 100000)", "x".repeat(100_000)),
          new Case("true", "true"),
          new Case("false", "false"),
          new Case("X''", "0x"),
          new Case("X'00FF7F80'", "0x00ff7f80"),
          new Case("CAST(repeat('y', 200) AS BINARY)", "0x" + "79".repeat(200)),
          new Case("DATE'0001-01-01'", "-719162"),
          new Case("DATE'1582-10-15'", "-141427"),
          new Case("DATE'1969-12-31'", "-1"),
          new Case("DATE'9999-12-31'", "2932896"),
          new Case("TIMESTAMP'0001-01-01 00:00:00Z'", "-62135596800000000"),
          new Case("TIMESTAMP'1969-12-31 23:59:59.999999Z'", "-1"),
          new Case("TIMESTAMP'2024-03-10 10:30:00.000001Z'", "1710066600000001"),
          new Case("TIMESTAMP'2024-03-10 02:30:00 America/Los_Angeles'", "1710066600000000"),
          new Case("TIMESTAMP'9999-12-31 23:59:59.999999Z'", "253402300799999999"),
          new Case("TIMESTAMP_NTZ'0001-01-01 00:00:00'", "0001-01-01T00:00"),
          new Case("TIMESTAMP_NTZ'2024-03-10 02:30:00.123456'", "2024-03-10T02:30:00.123456"),
          new Case("TIMESTAMP_NTZ'2024-11-03 01:30:00'", "2024-11-03T01:30"),
          new Case("TIMESTAMP_NTZ'9999-12-31 23:59:59.999999'", "9999-12-31T23:59:59.999999"),
          new Case("CAST(array() AS ARRAY<INT>)", "[]"),
          new Case("array(1, NULL, 3)", "[1,null,3]"),
          new Case("array(array('a', ''), NULL, array())", "[[\"a\",\"\"],null,[]]"),
          new Case("array(TIMESTAMP'2024-03-10 10:30:00.000001Z')", "[1710066600000001]"),
          new Case("array(DATE'1969-12-31', NULL)", "[-1,null]"),
          new Case("array(CAST('NaN' AS DOUBLE), 0.1D)", "[\"NaN\",0.1]"),
          new Case(
              "array(CAST('12345678901234567890123456.7890123456' AS DECIMAL(38,10)))",
              "[12345678901234567890123456.7890123456]"),
          new Case("CAST(map() AS MAP<STRING, INT>)", "[]"),
          new Case("map('a', 1, 'b', NULL)", "[{\"key\":\"a\",\"value\":1},{\"key\":\"b\"}]"),
          new Case("map(7, array('x'))", "[{\"key\":7,\"value\":[\"x\"]}]"),
          new Case("named_struct('a', 1, 'b', CAST(NULL AS STRING))", "{\"a\":1}"),
          new Case(
              "array(named_struct('at', TIMESTAMP_NTZ'2024-03-10 02:30:00.123456', 'ok', true))",
              "[{\"at\":[2024,3,10,2,30,0,123456000],\"ok\":true}]"),
          new Case(
              "parse_json('{\"b\": [1, null, \"x\"], \"a\": 1.5}')",
              "{\"a\":1.5,\"b\":[1,null,\"x\"]}"),
          new Case("array(parse_json('{\"a\": 1}'))", "[\"{\\\"a\\\":1}\"]"),
          new Case("INTERVAL '1-2' YEAR TO MONTH", "P14M"),
          new Case("INTERVAL '-178956970-8' YEAR TO MONTH", "P-2147483648M"),
          new Case("INTERVAL '3' MONTH", "P3M"),
          new Case("INTERVAL '1 02:03:04.000005' DAY TO SECOND", "PT26H3M4.000005S"),
          new Case("INTERVAL '-5' HOUR", "PT-5H"),
          new Case("NULL", "null"));

  private static final Window ALL =
      new Window.NullCursor(
          new Horizon(Instant.parse("2026-01-01T00:00:00Z"), CursorScale.TIMESTAMP));

  @SuppressWarnings("NullAway.Init")
  private static LocalWorkspace local;

  @BeforeAll
  static void start() {
    local = LocalWorkspace.start("--rows", "10");
    local.sql("GRANT SELECT ON SCHEMA main.feedback TO `" + local.clientId() + "`");
    List<String> columns = new ArrayList<>();
    for (Case each : CASES) {
      columns.add(each.sql() + " AS c" + columns.size());
    }
    for (String type : TYPES) {
      columns.add("CAST(NULL AS " + type + ") AS c" + columns.size());
    }
    create("types", columns);
    create(
        "plain",
        IntStream.range(0, CASES.size())
            .filter(i -> isPlain(CASES.get(i)))
            .mapToObj(columns::get)
            .toList());
  }

  private static void create(String view, List<String> columns) {
    local.sql(
        "CREATE VIEW main.feedback."
            + view
            + " AS SELECT "
            + String.join(", ", columns)
            + ", CAST(NULL AS TIMESTAMP) AS at");
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  /** What a read of the view gave. */
  private record Seen(Schema schema, List<String> values, List<String> warnings) {

    /** Whether what is nested may be NULL is not said in a manifest, and makes no difference. */
    String types() {
      return schema.toString().replace(" not null", "");
    }
  }

  @Test
  void comeWholeAsArrow() throws IOException {
    assertThat(differences(read())).isEmpty();
  }

  @Test
  void comeTheSameAsText() throws Exception {
    Seen arrow = read();
    fault("POST", "{\"kind\": \"unreachable_storage\", \"where\": \"result\", \"always\": true}");
    try {
      Seen text = read();
      assertThat(text.warnings()).singleElement().asString().contains("come inline");
      assertThat(text.types()).isEqualTo(arrow.types());
      assertThat(differences(text)).isEmpty();
    } finally {
      fault("DELETE", "");
    }
  }

  /** Nested values, and numbers of several forms, are left out when hashes are computed anew. */
  private static boolean isPlain(Case each) {
    return !each.held().matches("(?s)[\\[{].*|-?PT?[-0-9].*|NaN|-0\\.0|null");
  }

  @Test
  void haveTheHashThatTheWarehouseComputes() throws IOException {
    assertThat(CASES.stream().filter(TypesIT::isPlain).count()).isGreaterThan(40);
    try (DatabricksWorkspace workspace =
            DatabricksWorkspace.open(connection(), Surroundings.ofThisMachine(), RunListener.NONE);
        BufferAllocator allocator = new RootAllocator();
        Source source = workspace.source(allocator);
        BatchReader reader = source.read(feed("plain"), ALL)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(reader.loadNextBatch()).isTrue();
      BigIntVector hash = (BigIntVector) root.getVector(BatchReader.ROW_HASH);
      assertThat(new DecodedHash(workspace.columns(feed("plain").table())).of(root, 0))
          .hasValue(hash.get(0));
    }
  }

  /** What differs from the table of cases, cut to what a person can read. */
  private static List<String> differences(Seen seen) {
    List<Case> cases = new ArrayList<>(CASES);
    TYPES.forEach(type -> cases.add(new Case("NULL of " + type, "null")));
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      String held = seen.values().get(i);
      if (!held.equals(cases.get(i).held())) {
        differences.add(
            "%.80s: %.80s instead of %.80s"
                .formatted(cases.get(i).sql(), held, cases.get(i).held()));
      }
    }
    return differences;
  }

  private static Seen read() throws IOException {
    List<String> warnings = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    try (DatabricksWorkspace workspace =
            DatabricksWorkspace.open(connection(), Surroundings.ofThisMachine(), listener);
        BufferAllocator allocator = new RootAllocator();
        Source source = workspace.source(allocator)) {
      try {
        return read(source, warnings);
      } catch (SourceException e) {
        return read(source, warnings); // as the loop does
      }
    }
  }

  private static Seen read(Source source, List<String> warnings) throws IOException {
    try (BatchReader reader = source.read(feed("types"), ALL)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      List<String> values = new ArrayList<>();
      while (reader.loadNextBatch()) {
        for (int i = 0; i < CASES.size() + TYPES.size(); i++) {
          values.add(text(root.getVector(i)));
        }
      }
      assertThat(reader.proof().rows()).isEqualTo(1);
      return new Seen(root.getSchema(), values, List.copyOf(warnings));
    }
  }

  private static String text(FieldVector vector) {
    @Nullable Object value = vector.getObject(0);
    return value instanceof byte[] bytes
        ? "0x" + HexFormat.of().formatHex(bytes)
        : String.valueOf(value);
  }

  private static void fault(String method, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(local.host() + "/local/faults"))
            .header("Authorization", "Bearer " + local.adminToken())
            .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static WorkspaceConnection connection() {
    return new WorkspaceConnection(
        WorkspaceHost.local(local.host()),
        local.warehouseId(),
        new Credentials.OAuth(local.clientId(), Secret.of(local.clientSecret())));
  }

  private static Feed feed(String view) {
    return new Feed(
        view,
        "127.0.0.1",
        new TableName(Optional.of("main"), "feedback", view),
        RecordKinds.REVIEW,
        List.of("c0"),
        new Cursor("at", Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Duration.ofHours(1),
        Duration.ZERO,
        1_000);
  }
}
