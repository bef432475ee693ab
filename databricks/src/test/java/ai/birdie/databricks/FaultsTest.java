package ai.birdie.databricks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.Recovery;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.result.Arrows;
import ai.birdie.testkit.FakeWorkspace;
import ai.birdie.testkit.FakeWorkspace.Reply;
import ai.birdie.testkit.FinestLogs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source against a server that fails in every way that it is told to. */
final class FaultsTest {

  private static final String STATEMENTS = "/api/2.0/sql/statements";
  private static final String POST = "POST " + STATEMENTS;
  private static final String CHUNKS = "GET " + STATEMENTS + "/s1/result/chunks/";
  private static final String HISTORY = "GET /api/2.0/sql/history/queries";
  private static final String EXTERNAL = "EXTERNAL_LINKS";
  private static final String AS_TEXT = "unix_micros(`at`) AS `at`";
  private static final Window NULLS =
      new Window.NullCursor(
          new Horizon(Instant.parse("2026-01-01T00:00:00Z"), CursorScale.TIMESTAMP));

  private static final String COLUMNS =
      "[{'name':'id','type_text':'BIGINT','position':0},"
          + "{'name':'text','type_text':'STRING','position':1},"
          + "{'name':'at','type_text':'TIMESTAMP','position':2}";
  private static final String READ_COLUMNS =
      COLUMNS
          + ",{'name':'_cursor','type_text':'BIGINT','position':3},"
          + "{'name':'_row_hash','type_text':'BIGINT','position':4}]";

  @RegisterExtension final FinestLogs logs = new FinestLogs();

  private final FakeWorkspace server = new FakeWorkspace();
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final List<String> warnings = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private boolean stopped;
  private Runnable onPause = () -> {};
  private Traffic traffic = Traffic.NONE;
  private long windowBytes = Limits.DEFAULT.windowBytes();
  private long bytesInFlight = Limits.DEFAULT.bytesInFlight();

  @BeforeEach
  void serveThreeChunks() {
    server.on(
        "POST /oidc/v1/token",
        Reply.of(
            200, json("{'access_token':'canary-token','token_type':'Bearer','expires_in':3600}")));
    server.onBody(
        POST,
        "WHERE 1=0",
        Reply.of(
            200,
            json(
                "{'statement_id':'d1','status':{'state':'SUCCEEDED'},'manifest':{'truncated':false,"
                    + "'total_row_count':0,'schema':{'columns':"
                    + COLUMNS
                    + "]}},'result':{}}")));
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded("false", three(), links(0, "x"))));
    for (int i = 0; i < 3; i++) {
      server.on(CHUNKS + i, Reply.of(200, "{" + links(i, "y").substring(11)));
    }
    server.on("GET /storage/0", Reply.bytes(Arrows.stream(0, 4, 6)));
    server.on("GET /storage/1", Reply.bytes(Arrows.lz4(Arrows.stream(10, 10), 400)));
    server.on("GET /storage/2", Reply.bytes(Arrows.lz4(Arrows.stream(20, 5), 100_000)));
  }

  @AfterEach
  void stop() {
    server.close();
    assertThat(logs.text()).doesNotContain("canary").doesNotContain("/storage/");
    assertThat(server.asked("")).noneMatch(asked -> asked.has("Cookie"));
    assertThat(server.asked("GET /storage")).noneMatch(asked -> asked.has("Authorization"));
  }

  @Test
  void hearsWhatIsLogged() {
    Logger.getLogger("ai.birdie").finest("a line");
    assertThat(logs.text()).contains("a line");
  }

  @Test
  void readsChunksInOrderFromAFewLinks() {
    assertThat(read()).isEqualTo(25);
    assertThat(server.asked("GET /storage/0")).hasSize(1);
    assertThat(server.asked(CHUNKS)).hasSize(2); // the first link came with the answer
    assertThat(server.asked("DELETE " + STATEMENTS + "/s1")).hasSize(1);
    assertThat(server.asked("POST /oidc")).hasSize(1);
    assertThat(server.asked("POST /oidc").get(0).header("Authorization")).startsWith("Basic ");
    assertThat(server.asked("POST /oidc").get(0).body()).doesNotContain("canary-secret");
    String submitted = server.asked(POST).get(1).body();
    assertThat(submitted)
        .contains("\"result_compression\":\"LZ4_FRAME\"")
        .contains("\"birdie_feed\"")
        .contains("\"on_wait_timeout\":\"CONTINUE\"");
    assertThat(warnings).isEmpty();
  }

  @Test
  void sendsNoCredentialToALinkButItsOwnHeaders() {
    String link =
        links(0, "x")
            .replace(
                "'expiration'".replace('\'', '"'),
                json(
                    "'http_headers':{'x-ms-ok':'a\\r\\nEvil: 1','Authorization':'canary',"
                        + "'Cookie':'canary'},'expiration'"));
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded("false", three(), link)));
    assertThat(read()).isEqualTo(25);
    assertThat(server.asked("GET /storage")).noneMatch(asked -> asked.has("Evil"));
    assertThat(server.asked("GET /storage/0").get(0).header("x-ms-ok")).isEqualTo("aEvil: 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404})
  void asksForAnotherLinkToTheSameChunk(int status) {
    server.on("GET /storage/0?x", Reply.of(status, "<Error>canary-signature</Error>"));
    assertThat(read()).isEqualTo(25);
    assertThat(server.asked(CHUNKS + "0")).hasSize(1);
    assertThat(server.asked("GET /storage/0?y")).hasSize(1);
  }

  @Test
  void replacesALinkThatExpiresByTheServersClock() {
    String stale = links(0, "x").replaceAll("20[0-9]{2}-", "2001-");
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded("false", three(), stale)));
    assertThat(read()).isEqualTo(25);
    assertThat(server.asked("GET /storage/0?x")).isEmpty();
  }

  @Test
  void saysThatTheStorageRefuses() {
    server.on("GET /storage/1", Reply.of(403, "canary"));
    assertThat(failure())
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("403");
    assertThat(server.asked("POST " + STATEMENTS + "/s1/cancel")).hasSize(1);
  }

  @Test
  void repeatsADownloadThatBreaks() {
    byte[] whole = Arrows.stream(0, 4, 6);
    server.on(
        "GET /storage/0",
        Reply.bytes(whole).cutBy(10),
        Reply.nothing(),
        Reply.of(503, ""),
        Reply.bytes(whole));
    assertThat(read()).isEqualTo(25);
    assertThat(pauses).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void givesUpOnADownloadThatAlwaysBreaks() {
    server.on("GET /storage/2", Reply.bytes(Arrows.stream(20, 5)).cutBy(10));
    assertThat(failure()).isInstanceOf(SourceException.class).hasMessageContaining("127.0.0.1");
    assertThat(server.asked("GET /storage/2")).hasSize(5);
  }

  @Test
  void neverFollowsARedirect() {
    server.on("GET /storage/0", Reply.of(302, "").with("Location", "/elsewhere"));
    assertThat(failure()).hasMessageContaining("302");
    assertThat(server.asked("GET /elsewhere")).isEmpty();
    server.on("GET /api/2.0/workspace", Reply.of(302, "").with("Location", "/elsewhere?canary"));
    assertThatThrownBy(() -> workspace().root())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("redirects");
    assertThat(server.asked("GET /elsewhere")).isEmpty();
  }

  @Test
  void refusesALinkToAnotherHost() {
    String elsewhere = links(0, "x").replace("127.0.0.1", "192.0.2.1");
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded("false", three(), elsewhere)));
    assertThat(failure())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("192.0.2.1")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "null"})
  void refusesAResultThatIsOrMayBeCutShort(String truncated) {
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded(truncated, three(), links(0, "x"))));
    assertThat(failure()).isInstanceOf(IncompleteException.class);
  }

  @Test
  void refusesChunksThatDoNotTile() {
    String gap = chunk(0, 0, 10) + "," + chunk(1, 11, 9) + "," + chunk(2, 20, 5);
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded("false", gap, links(0, "x"))));
    assertThat(failure()).isInstanceOf(IncompleteException.class);
  }

  @Test
  void refusesAChunkWithFewerOrMoreRows() {
    server.on("GET /storage/1", Reply.bytes(Arrows.stream(10, 9)));
    assertThat(failure()).isInstanceOf(IncompleteException.class).hasMessageContaining("9 rows");
    server.on("GET /storage/1", Reply.bytes(Arrows.stream(10, 11)));
    assertThat(failure()).isInstanceOf(IncompleteException.class).hasMessageContaining("more rows");
  }

  @Test
  void refusesLinksThatLeadToAnotherChunk() {
    server.on(CHUNKS + "1", Reply.of(200, "{" + links(2, "y").substring(11)));
    assertThat(failure())
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("no link to chunk 1");
    String misplaced = links(1, "y").replace(json("'row_offset':10"), json("'row_offset':0"));
    server.on(CHUNKS + "1", Reply.of(200, "{" + misplaced.substring(11)));
    assertThat(failure()).isInstanceOf(IncompleteException.class);
    server.on(CHUNKS + "1", Reply.of(200, "{}"));
    assertThat(failure()).isInstanceOf(IncompleteException.class);
  }

  @Test
  void joinsTheLinksOfAChunkThatCameInParts() {
    String parts =
        links(1, "a").replace(json("'row_count':10"), json("'row_count':4")).replace("]}", "")
            + ","
            + links(1, "b")
                .substring(links(1, "b").indexOf('[') + 1)
                .replace(json("'row_count':10"), json("'row_count':6"))
                .replace(json("'row_offset':10"), json("'row_offset':14"));
    server.on(CHUNKS + "1", Reply.of(200, "{" + parts.substring(11)));
    server.on("GET /storage/1?a", Reply.bytes(Arrows.stream(10, 4)));
    server.on("GET /storage/1?b", Reply.bytes(Arrows.stream(14, 6)));
    assertThat(read()).isEqualTo(25);
  }

  @Test
  void refusesAChunkWithoutAnEnd() {
    byte[] whole = Arrows.stream(20, 5);
    server.on("GET /storage/2", Reply.bytes(Arrays.copyOf(whole, whole.length - 8)));
    assertThat(failure())
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("end-of-stream");
    server.on("GET /storage/2", Reply.bytes("<html>canary</html>".repeat(9).getBytes(UTF_8)));
    assertThat(failure()).isInstanceOf(IncompleteException.class);
    server.on("GET /storage/2", Reply.bytes(new byte[0]));
    assertThat(failure()).isInstanceOf(IncompleteException.class);
  }

  @Test
  void refusesColumnsThatWereNotSelected() {
    String other = succeeded("false", three(), links(0, "x")).replace("_row_hash", "x_row_hash");
    server.onBody(POST, EXTERNAL, Reply.of(200, other));
    assertThat(failure()).isInstanceOf(IncompleteException.class);
    String retyped = succeeded("false", three(), links(0, "x")).replace("STRING", "INT");
    server.onBody(POST, EXTERNAL, Reply.of(200, retyped));
    assertThat(failure())
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("declared as INT");
  }

  @Test
  void pollsUntilTheStatementHasSucceeded() {
    String pending = json("{'statement_id':'s1','status':{'state':'PENDING'}}");
    String running = pending.replace("PENDING", "RUNNING");
    server.onBody(POST, EXTERNAL, Reply.of(200, pending));
    server.on(
        "GET " + STATEMENTS + "/s1",
        Reply.of(200, pending),
        Reply.of(200, running),
        Reply.of(200, succeeded("false", three(), links(0, "x"))));
    for (int i = 0; i < 3; i++) {
      server.on(CHUNKS + i, Reply.of(200, "{" + links(i, "y").substring(11)));
    }
    assertThat(read()).isEqualTo(25);
    assertThat(warnings).hasSize(1).first().asString().contains("starting");
    assertThat(pauses).hasSize(3);
  }

  @Test
  void cancelsAStatementThatTakesTooLong() {
    String running = json("{'statement_id':'s1','status':{'state':'RUNNING'}}");
    server.onBody(POST, EXTERNAL, Reply.of(200, running));
    server.on("GET " + STATEMENTS + "/s1", Reply.of(200, running));
    assertThat(failure())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("may still run")
        .hasMessageNotContaining("was cancelled")
        .satisfies(e -> assertThat(e.remedy().orElse("")).contains("query history", "abc123"));
    assertThat(server.asked("POST " + STATEMENTS + "/s1/cancel")).hasSize(1);
    assertThat(passed).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
  }

  @Test
  void sortsFailuresByWhatToDo() {
    fail("'sql_state':'42501','error':{'message':'User does not have USE SCHEMA on Schema x'}");
    assertThat(failure())
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("USE SCHEMA")
        .satisfies(e ->
            assertThat(e.remedy().orElse(""))
                .contains("GRANT SELECT ON TABLE `main`.`voc`.`t` TO `app-id`"));
    fail("'error':{'message':'[TABLE_OR_VIEW_NOT_FOUND] canary. SQLSTATE: 42P01'}");
    assertThat(failure())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND")
        .hasMessageContaining("42P01");
    fail("'error':{'error_code':'BAD_REQUEST','message':'[CAST_INVALID_INPUT] canary'}");
    assertThat(failure())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("CAST_INVALID_INPUT");
    fail("'error':{'error_code':'RESOURCE_EXHAUSTED'}");
    assertThat(((SourceException) failure()).retryable()).isTrue();
    fail("'error':null");
    assertThat(((SourceException) failure()).retryable()).isFalse();
    assertThat(server.asked("POST " + STATEMENTS + "/s1/cancel")).isEmpty();
  }

  private void fail(String status) {
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(200, json("{'statement_id':'s1','status':{'state':'FAILED'," + status + "}}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOSED", "CANCELED", "DONE", "", "succeeded"})
  void takesNoOtherStateForSuccess(String state) {
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(200, json("{'statement_id':'s1','status':{'state':'" + state + "'}}")));
    assertThat(failure()).isInstanceOf(SourceException.class);
  }

  @Test
  void takesClosedWithItsDataForSuccess() {
    String closed = succeeded("false", three(), links(0, "x")).replace("SUCCEEDED", "CLOSED");
    server.onBody(POST, EXTERNAL, Reply.of(200, closed));
    assertThat(read()).isEqualTo(25);
  }

  @Test
  void readsAnewWhatWasGoneBeforeAnyOfItCame() {
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded("false", three(), json("'result':{}"))));
    server.on(CHUNKS + "0", Reply.of(404, json("{'error_code':'NOT_FOUND','message':'canary'}")));
    assertThat(failure())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no longer there")
        .satisfies(e -> assertThat(e.recovery()).isEqualTo(Recovery.ANEW));
  }

  @Test
  void readsAnewWhatWasGoneSoonerThanItShould() {
    server.on(CHUNKS + "2", Reply.of(404, json("{'error_code':'NOT_FOUND','message':'canary'}")));
    assertThat(failure().recovery()).isEqualTo(Recovery.ANEW);
  }

  @Test
  void readsInPartsWhatTookTooLong() {
    takeLong();
    server.on(CHUNKS + "2", Reply.of(404, json("{'error_code':'NOT_FOUND','message':'canary'}")));
    assertThat(failure())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("gone before all of it was downloaded")
        .satisfies(e -> assertThat(e.recovery()).isEqualTo(Recovery.IN_PARTS));
  }

  @Test
  void readsInPartsWhatTheStorageForgotMeanwhile() {
    takeLong();
    server.on("GET /storage/2", Reply.of(404, "canary"));
    assertThat(failure().recovery()).isEqualTo(Recovery.IN_PARTS);
  }

  /** The second chunk comes after more than half an hour. */
  private void takeLong() {
    server.on(
        "GET /storage/1", Reply.of(503, ""), Reply.bytes(Arrows.lz4(Arrows.stream(10, 10), 400)));
    onPause = () -> passed = passed.plusMinutes(31);
  }

  @Test
  void waitsAsLongAsItIsAskedTo() {
    String limit = json("{'error_code':'REQUEST_LIMIT_EXCEEDED','message':'x'}");
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(429, limit).with("Retry-After", "7"),
        Reply.of(503, "<html>").with("Retry-After", "1000000000"),
        Reply.of(429, limit).with("Retry-After", "-1"),
        Reply.of(200, succeeded("false", three(), links(0, "x"))));
    assertThat(read()).isEqualTo(25);
    assertThat(pauses).hasSize(3);
    assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
    assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
    assertThat(pauses.get(2)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void waitsUntilADateByTheServersClockWhateverThisMachines() {
    passed = Duration.ofDays(2);
    String tomorrow =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC));
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(429, "").with("Retry-After", tomorrow),
        Reply.of(200, succeeded("false", three(), links(0, "x"))));
    assertThat(read()).isEqualTo(25);
    assertThat(pauses)
        .singleElement(as(InstanceOfAssertFactories.DURATION))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void stopsWaitingForAWarehouseThatNeverComes() {
    server.onBody(POST, EXTERNAL, Reply.of(503, ""));
    assertThat(((SourceException) failure()).retryable()).isTrue();
    assertThat(passed).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(16));
  }

  @Test
  void submitsOnceMoreWhereTheAnswerWasLost() {
    server.onBody(
        POST, EXTERNAL, Reply.nothing(), Reply.of(200, succeeded("false", three(), links(0, "x"))));
    assertThat(read()).isEqualTo(25);
    server.onBody(POST, EXTERNAL, Reply.nothing());
    int before = server.asked(POST).size();
    assertThat(failure()).isInstanceOf(SourceException.class);
    assertThat(server.asked(POST).stream().skip(before).filter(a -> a.body().contains(EXTERNAL)))
        .hasSize(2);
  }

  @Test
  void submitsOnceMoreAfterALossHoweverOftenItWasTurnedAwayBefore() {
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(503, ""),
        Reply.of(429, ""),
        Reply.nothing(),
        Reply.of(200, succeeded("false", three(), links(0, "x"))));
    assertThat(read()).isEqualTo(25);
    assertThat(traffic.retries()).isEqualTo(3);
  }

  @Test
  void findsTheStatementWhoseSubmissionWasLostAndCancelsIt() {
    server.onBody(
        POST, EXTERNAL, Reply.nothing(), Reply.of(200, succeeded("false", three(), links(0, "x"))));
    onPause =
        () -> {
          String tag = tag(server.asked(POST).get(1).body());
          String running =
              "{'query_id':'%s','query_tags':[{'key':'a','value':'b'},"
                  + "{'key':'birdie_submission','value':'%s'}]}";
          server.on(
              HISTORY,
              Reply.of(
                  200,
                  json(
                      "{'res':["
                          + String.join(
                              ",",
                              running.formatted("lost1", tag),
                              running.formatted("s1", tag),
                              running.formatted("other", "another"),
                              "{'query_id':'untagged'}")
                          + "]}")));
        };

    assertThat(read()).isEqualTo(25);

    assertThat(server.asked("POST " + STATEMENTS + "/lost1/cancel")).hasSize(1);
    assertThat(server.asked("POST " + STATEMENTS + "/"))
        .filteredOn(asked -> asked.line().endsWith("/cancel"))
        .hasSize(1);
    assertThat(server.asked(HISTORY).get(0).line()).contains("filter_by.warehouse_ids=abc123");
    assertThat(server.asked(HISTORY)).as("once it is found").hasSize(1);
  }

  @Test
  void looksForALostStatementAFewTimesAndOnceMoreAtTheEnd() {
    assertThat(looks(Reply.of(200, json("{'res':[]}")))).containsExactly(5, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'error_code':'X'}", ""})
  void looksNoMoreWhereTheHistoryIsClosedToIt(String answer) {
    List<Integer> looks = looks(Reply.of(403, json(answer)));
    assertThat(looks.get(0)).isBetween(1, 2); // with a fresh token, where it may be the token
    assertThat(looks.get(1)).isEqualTo(looks.get(0));
  }

  /** How often it has looked after a lost answer and eight statements, and when it is closed. */
  private List<Integer> looks(Reply history) {
    server.onBody(
        POST, EXTERNAL, Reply.nothing(), Reply.of(200, succeeded("false", three(), links(0, "x"))));
    server.on(HISTORY, history);
    List<Integer> looks = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace()) {
      try (Source source = workspace.source(allocator)) {
        for (int i = 0; i < 8; i++) {
          source.read(feed(), NULLS).close();
        }
        looks.add(server.asked(HISTORY).size());
      }
      looks.add(server.asked(HISTORY).size());
    }
    return looks;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>canary</html>",
        "{'status':{'state':'RUNNING'}}",
        "{'statement_id':'../x','status':{'state':'RUNNING'}}"
      })
  void cancelsAStatementWhoseIdCannotBeRead(String answer) {
    server.onBody(POST, EXTERNAL, Reply.of(200, json(answer)));
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace();
        Source source = workspace.source(allocator)) {
      assertThatThrownBy(() -> source.read(feed(), NULLS)).isInstanceOf(SourceException.class);
      String tag = tag(server.asked(POST).get(1).body());
      server.on(
          HISTORY,
          Reply.of(
              200,
              json(
                  "{'res':[{'query_id':'lost1','query_tags':[{'key':'birdie_submission','value':'"
                      + tag
                      + "'}]}]}")));
    }
    assertThat(server.asked("POST " + STATEMENTS + "/lost1/cancel")).hasSize(1);
  }

  private static String tag(String body) {
    String before = "{\"key\":\"birdie_submission\",\"value\":\"";
    int from = body.indexOf(before) + before.length();
    return body.substring(from, body.indexOf('"', from));
  }

  @Test
  void looksForNoOrphansWhereNoAnswerWasLost() {
    assertThat(read()).isEqualTo(25);
    assertThat(server.asked(HISTORY)).isEmpty();
  }

  @Test
  void readsOnWhereTheHistoryIsClosedToIt() {
    server.onBody(
        POST, EXTERNAL, Reply.nothing(), Reply.of(200, succeeded("false", three(), links(0, "x"))));
    server.on(HISTORY, Reply.of(403, json("{'error_code':'X'}")));
    assertThat(read()).isEqualTo(25);
  }

  @Test
  void saysThatTheWarehouseStartsWhereItTurnsAway() {
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(503, ""),
        Reply.of(200, succeeded("false", three(), links(0, "x"))));
    assertThat(read()).isEqualTo(25);
    assertThat(warnings).singleElement().asString().contains("starting");
  }

  private void closeTheStorage() {
    for (int i = 0; i < 3; i++) {
      server.on("GET /storage/" + i, Reply.of(403, "<Error/>"));
    }
  }

  @Test
  void readsAnewInlineWhereTheStorageWasNeverReached() {
    closeTheStorage();
    assertThat(failure().recovery()).isEqualTo(Recovery.ANEW);
    assertThat(warnings).singleElement().asString().contains("come inline", "firewall");
  }

  @Test
  void failsPlainlyWhereTheStorageWasReachedBefore() {
    server.on("GET /storage/2", Reply.of(403, "<Error/>"));
    assertThat(failure().recovery()).isEqualTo(Recovery.NONE);
    assertThat(warnings).isEmpty();
  }

  @Test
  void readsInlineWhereTheWorkspaceGivesOutNoLinks() {
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(
            400,
            json("{'error_code':'INVALID_PARAMETER_VALUE','message':'EXTERNAL_LINKS is off'}")));
    server.onBody(POST, AS_TEXT, Reply.of(200, inline()));
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace();
        Source source = workspace.source(allocator)) {
      assertThatThrownBy(() -> source.read(feed(), NULLS))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.recovery()).isEqualTo(Recovery.ANEW));
      try (BatchReader reader = source.read(feed(), NULLS)) {
        assertThat(drain(reader)).isEqualTo(2);
        assertThat(reader.proof().rows()).isEqualTo(2);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    List<FakeWorkspace.Asked> submitted = server.asked(POST);
    assertThat(submitted.get(submitted.size() - 1).body()).contains(AS_TEXT);
    assertThat(warnings).singleElement().asString().contains("no external links");
  }

  @Test
  void asksNoMoreForCompressionThatIsRefused() {
    server.onBody(
        POST,
        "result_compression",
        Reply.of(400, json("{'error_code':'BAD_REQUEST','message':'unknown result_compression'}")));
    assertThat(read()).isEqualTo(25);
    assertThat(warnings).isEmpty();
  }

  @Test
  void refusesAnInlineValueThatIsNoneOfItsType() {
    closeTheStorage();
    server.onBody(POST, AS_TEXT, Reply.of(200, inline().replace("\"1\"", "\"canary\"")));
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace();
        Source source = workspace.source(allocator)) {
      try (BatchReader reader = source.read(feed(), NULLS)) {
        assertThatThrownBy(reader::loadNextBatch).isInstanceOf(SourceException.class);
      }
      try (BatchReader reader = source.read(feed(), NULLS)) {
        assertThatThrownBy(reader::loadNextBatch)
            .isInstanceOf(IncompleteException.class)
            .hasMessageContaining("column id")
            .hasMessageNotContaining("canary");
        assertThatThrownBy(reader::proof).isInstanceOf(IncompleteException.class);
      }
    }
  }

  @Test
  void refusesInlineColumnsThatWereNotSelected() {
    closeTheStorage();
    String renamed = inline().replace("_row_hash", "canary");
    assertThat(inlineFailure(renamed))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("column _row_hash was selected, and another one came")
        .hasMessageNotContaining("canary");
    String shorter =
        inline()
            .replace(json(",{'name':'_row_hash','type_text':'BIGINT','position':4}"), "")
            .replaceAll(",\"-?[0-9]+\"]", "]");
    assertThat(inlineFailure(shorter))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("5 columns were selected, and 4 came");
  }

  /** What an inline answer fails with, once it is known that there is no other way. */
  private Throwable inlineFailure(String answer) {
    server.onBody(POST, AS_TEXT, Reply.of(200, answer));
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace();
        Source source = workspace.source(allocator)) {
      try (BatchReader reader = source.read(feed(), NULLS)) {
        assertThatThrownBy(reader::loadNextBatch).isInstanceOf(SourceException.class);
      }
      return catchThrowable(() -> {
        try (BatchReader reader = source.read(feed(), NULLS)) {
          drain(reader);
        }
      });
    }
  }

  private static String inline() {
    return json(
        "{'statement_id':'s2','status':{'state':'SUCCEEDED'},'manifest':{'truncated':false,"
            + "'total_row_count':2,'total_chunk_count':1,'chunks':[{'chunk_index':0,"
            + "'row_offset':0,'row_count':2}],'schema':{'columns':"
            + READ_COLUMNS
            + "}},'result':{'data_array':[['0','a','1700000000123456','5','%d'],"
                .formatted(Arrows.hash(0, "a", 1_700_000_000_123_456L))
            + "['1',null,null,null,'%d']]}}".formatted(Arrows.hash(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "'canary'"})
  void takesNoCountForNone(String count) {
    String counted =
        "{'statement_id':'k1','status':{'state':'SUCCEEDED'},'manifest':{'truncated':false,"
            + "'total_row_count':1,'total_chunk_count':1,'chunks':[{'chunk_index':0,"
            + "'row_offset':0,'row_count':1}],'schema':{'columns':["
            + "{'name':'kind','type_text':'STRING','position':0},"
            + "{'name':'n','type_text':'STRING','position':1}]}},"
            + "'result':{'data_array':[['nps',%s]]}}".formatted(count);
    server.onBody(POST, "GROUP BY 1", Reply.of(200, json(counted)));
    try (DatabricksWorkspace workspace = workspace()) {
      assertThatThrownBy(() -> workspace.kinds(feed().table(), "kind"))
          .isInstanceOf(IncompleteException.class)
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void readsInPartsWhatIsTooLargeToBeKept() {
    windowBytes = 1;
    assertThat(failure().recovery()).isEqualTo(Recovery.IN_PARTS);
    assertThat(server.asked("GET /storage")).isEmpty();
    assertThat(server.asked("DELETE " + STATEMENTS + "/s1")).hasSize(1);
  }

  @Test
  void countsWhatItTakesOfTheWorkspace() {
    server.on(
        "GET /storage/1",
        Reply.of(403, "<Error/>"),
        Reply.of(500, ""),
        Reply.bytes(Arrows.lz4(Arrows.stream(10, 10), 400)));
    assertThat(read()).isEqualTo(25);
    assertThat(traffic.statements()).isEqualTo(2);
    assertThat(traffic.chunks()).isEqualTo(3);
    assertThat(traffic.linkRefreshes()).isEqualTo(2);
    assertThat(traffic.retries()).isEqualTo(1);
    assertThat(traffic.tokens()).isEqualTo(1);
    assertThat(traffic.bytes()).isGreaterThan(500);
  }

  @Test
  void triesALinkThatWasJustGivenEvenWhereItSaysThatItHasExpired() {
    String expired = links(1, "y").replaceAll("20[0-9-]*T", "2001-01-01T");
    server.on(CHUNKS + "1", Reply.of(200, "{" + expired.substring(11)));
    assertThat(expired).contains("2001-01-01T");
    assertThat(read()).isEqualTo(25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "401 {'error_code':401,'message':'Credential was not sent'}",
        "403 {'error_code':403,'message':'Invalid access token.'}",
        "403 {'error_code':'PERMISSION_DENIED','message':'The access token has expired'}",
        "401 ",
      })
  void getsOneFreshTokenForOneThatIsRefused(String refusal) {
    int status = Integer.parseInt(refusal.substring(0, 3));
    String root = "GET /api/2.0/workspace/get-status";
    server.on(
        root,
        Reply.of(status, json(refusal.substring(4))),
        Reply.of(200, json("{'object_type':'DIRECTORY'}")));
    assertThat(workspace().root()).isEqualTo("DIRECTORY");
    assertThat(server.asked("POST /oidc")).hasSize(2);
    server.on(root, Reply.of(status, json(refusal.substring(4))));
    assertThatThrownBy(() -> workspace().root()).isInstanceOf(AccessException.class);
    assertThat(server.asked(root)).hasSize(4);
    assertThat(server.asked("POST /oidc")).hasSize(4);
  }

  @Test
  void asksForOneTokenHoweverManyWantOne() throws Exception {
    ExecutorService many = Executors.newFixedThreadPool(8);
    try (DatabricksWorkspace workspace = workspace()) {
      List<Callable<Object>> all =
          Collections.nCopies(
              8,
              () -> {
                workspace.authenticate();
                return "";
              });
      for (Future<Object> one : many.invokeAll(all)) {
        one.get();
      }
      assertThat(server.asked("POST /oidc")).hasSize(1);
    } finally {
      many.shutdownNow();
    }
  }

  @Test
  void refreshesATokenBeforeItExpires() {
    server.on("GET /api/2.0/workspace", Reply.of(200, json("{'object_type':'DIRECTORY'}")));
    try (DatabricksWorkspace workspace = workspace()) {
      workspace.root();
      workspace.root();
      assertThat(server.asked("POST /oidc")).hasSize(1);
      passed = passed.plusMinutes(59);
      workspace.root();
      assertThat(server.asked("POST /oidc")).hasSize(2);
    }
  }

  @Test
  void refreshesATokenWithTheSecretThatIsInForceThen() {
    AtomicReference<String> secret = new AtomicReference<>("canary-1");
    server.on("GET /api/2.0/workspace", Reply.of(200, json("{'object_type':'DIRECTORY'}")));
    try (DatabricksWorkspace workspace =
        workspace(new Credentials.OAuth("app-id", Secret.from(secret::get)))) {
      workspace.root();
      secret.set("canary-2");
      passed = passed.plusMinutes(59);
      workspace.root();
    }
    assertThat(server.asked("POST /oidc"))
        .extracting(asked -> asked.header("Authorization"))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void takesAPersonalTokenAnewOnceItIsRefused() {
    AtomicReference<String> token = new AtomicReference<>("canary-1");
    server.on(
        "GET /api/2.0/workspace",
        Reply.of(401, "canary"),
        Reply.of(200, json("{'object_type':'DIRECTORY'}")),
        Reply.of(401, "canary"));
    try (DatabricksWorkspace workspace =
        workspace(new Credentials.PersonalAccessToken(Secret.from(token::get)))) {
      token.set("canary-2");
      workspace.root();
      assertThatThrownBy(workspace::root).isInstanceOf(AccessException.class);
    }
    assertThat(server.asked("GET /api/2.0/workspace"))
        .extracting(asked -> asked.header("Authorization"))
        .containsExactly("Bearer canary-1", "Bearer canary-2", "Bearer canary-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "",
        "canary",
        "{'access_token':''}",
        "{'access_token':'a\\r\\nb'}",
        "{'access_token':'canary','token_type':'mac'}",
        "<html>canary</html>"
      })
  void refusesATokenThatIsNone(String answer) {
    server.on("POST /oidc/v1/token", Reply.of(200, json(answer)));
    assertThatThrownBy(() -> workspace().authenticate())
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("canary");
  }

  @Test
  void saysThatTheSecretIsWrong() {
    server.on(
        "POST /oidc/v1/token",
        Reply.of(401, json("{'error':'invalid_client','error_description':'canary'}")));
    assertThatThrownBy(() -> workspace().authenticate())
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("invalid_client");
    assertThat(server.asked("POST /oidc")).hasSize(1);
  }

  @Test
  void saysThatTheWarehouseMayNotBeUsed() {
    server.onBody(
        POST,
        EXTERNAL,
        Reply.of(403, json("{'error_code':'PERMISSION_DENIED','message':'canary'}")));
    assertThat(failure())
        .isInstanceOf(AccessException.class)
        .satisfies(e -> assertThat(e.remedy().orElse("")).contains("CAN USE").contains("abc123"));
  }

  @Test
  void knowsALoginPage() {
    server.on("GET /api/2.0/workspace", Reply.of(200, "<html>canary</html>"));
    assertThatThrownBy(() -> workspace().root())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("JSON");
  }

  @Test
  void isPoisonedByAFailureAndByBeingClosedEarly() throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace();
        Source source = workspace.source(allocator)) {
      BatchReader early = source.read(feed(), NULLS);
      assertThat(early.loadNextBatch()).isTrue();
      assertThatThrownBy(early::proof).isInstanceOf(IncompleteException.class);
      early.close();
      early.close();
      assertThatThrownBy(early::proof).isInstanceOf(IncompleteException.class);
      assertThatThrownBy(early::loadNextBatch).isInstanceOf(IncompleteException.class);
      assertThat(server.asked("POST " + STATEMENTS + "/s1/cancel")).hasSize(1);

      server.on("GET /storage/1", Reply.bytes(Arrows.stream(10, 9)));
      try (BatchReader broken = source.read(feed(), NULLS)) {
        Throwable first = catchThrowable(() -> drain(broken));
        assertThat(first).isInstanceOf(IncompleteException.class);
        assertThatThrownBy(broken::loadNextBatch).isSameAs(first);
        assertThatThrownBy(broken::proof).isSameAs(first);
      }
    }
  }

  @Test
  void cancelsWhereItIsToldToStop() {
    String running = json("{'statement_id':'s1','status':{'state':'RUNNING'}}");
    server.onBody(POST, EXTERNAL, Reply.of(200, running));
    stopped = true;
    Throwable failure = catchThrowable(this::read);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).isInstanceOf(SourceException.class);
    assertThat(server.asked("POST " + STATEMENTS + "/s1/cancel")).hasSize(1);
  }

  @Test
  void downloadsNoMoreAheadThanItsBudgetHolds() throws IOException {
    bytesInFlight = 1;
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace();
        Source source = workspace.source(allocator);
        BatchReader reader = source.read(feed(), NULLS)) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(server.asked("GET /storage/2")).isEmpty();
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.loadNextBatch()).isFalse();
      assertThat(reader.proof().rows()).isEqualTo(25);
    }
  }

  @Test
  void beginsOneDownloadWhereNobodySaysHowLargeTheyAre() {
    saySizesOfNoChunk();
    server.on("GET /storage/0", Reply.of(403, "canary"));
    assertThat(failure()).hasMessageContaining("403");
    assertThat(server.asked("GET /storage/1")).isEmpty();
    assertThat(server.asked("GET /storage/2")).isEmpty();
    server.on("GET /storage/0", Reply.bytes(Arrows.stream(0, 4, 6)));
    assertThat(read()).isEqualTo(25);
  }

  @Test
  void readsInPartsWhatTurnsOutToBeTooLargeToBeKept() {
    saySizesOfNoChunk();
    windowBytes = 1;
    assertThat(failure().recovery()).isEqualTo(Recovery.IN_PARTS);
    assertThat(server.asked("GET /storage/2")).isEmpty();
  }

  private void saySizesOfNoChunk() {
    String sizeless = three().replace("'byte_count':9,", "");
    assertThat(sizeless).doesNotContain("byte_count");
    server.onBody(POST, EXTERNAL, Reply.of(200, succeeded("false", sizeless, links(0, "x"))));
  }

  @Test
  void takesAnExhaustedMemoryForNoDamage() {
    server.on("GET /storage/0", Reply.of(503, ""));
    onPause =
        () -> {
          throw new OutOfMemoryError("as if");
        };
    assertThatThrownBy(this::read).isInstanceOf(OutOfMemoryError.class);
    assertThat(server.asked("POST " + STATEMENTS + "/s1/cancel")).hasSize(1);
  }

  @Test
  void findsOutWhetherTheStorageCanBeReached() {
    try (DatabricksWorkspace workspace = workspace()) {
      assertThat(workspace.downloadTest().host()).isEqualTo("127.0.0.1");
      server.on("GET /storage/0", Reply.of(403, "canary"));
      assertThatThrownBy(workspace::downloadTest)
          .isInstanceOf(AccessException.class)
          .hasMessageContaining("127.0.0.1");
      assertThat(server.asked("DELETE " + STATEMENTS + "/s1")).hasSize(2);
    }
  }

  @Test
  void neverSendsWhatChangesAnything() {
    try (DatabricksWorkspace workspace = workspace()) {
      assertThatThrownBy(() -> workspace.query("DROP TABLE t", List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(server.asked(POST)).isEmpty();
  }

  @Test
  void freesEverythingWhereTheSourceIsClosedFirst() throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace()) {
      Source source = workspace.source(allocator);
      assertThat(source.read(feed(), NULLS).loadNextBatch()).isTrue();
      source.close();
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
    assertThat(server.asked("POST " + STATEMENTS + "/s1/cancel")).hasSize(1);
  }

  @Test
  void freesEverythingThoughAReaderCannotBeClosed() throws IOException {
    AtomicReference<String> secret = new AtomicReference<>("canary-1");
    Secret changing =
        Secret.from(() -> {
          if (secret.get().isEmpty()) {
            throw new IllegalStateException("no secret");
          }
          return secret.get();
        });
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace(new Credentials.OAuth("app-id", changing))) {
      Source source = workspace.source(allocator);
      assertThat(source.read(feed(), NULLS).loadNextBatch()).isTrue();
      assertThat(source.read(feed(), NULLS).loadNextBatch()).isTrue();
      secret.set("");
      passed = passed.plusMinutes(61);
      assertThatThrownBy(source::close)
          .isInstanceOf(IllegalStateException.class)
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  private long read() {
    try (BufferAllocator allocator = new RootAllocator();
        DatabricksWorkspace workspace = workspace();
        Source source = workspace.source(allocator);
        BatchReader reader = source.read(feed(), NULLS)) {
      long rows = drain(reader);
      Proof proof = reader.proof();
      assertThat(proof.rows()).isEqualTo(rows);
      assertThat(proof.chunks()).isEqualTo(3);
      assertThat(proof.statementId()).isEqualTo("s1");
      assertThat(proof.bytes()).isPositive();
      traffic = source.traffic();
      return rows;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long drain(BatchReader reader) throws IOException {
    long rows = 0;
    while (reader.loadNextBatch()) {
      BigIntVector id = (BigIntVector) reader.getVectorSchemaRoot().getVector("id");
      for (int i = 0; i < id.getValueCount(); i++) {
        assertThat(id.get(i)).isEqualTo(rows++);
      }
      assertThat(reader.getVectorSchemaRoot().getSchema().findField("at").getType().toString())
          .isEqualTo("Timestamp(MICROSECOND, UTC)");
    }
    return rows;
  }

  /** What reading fails with; nothing of it may hold a secret. */
  private BirdieException failure() {
    Throwable failure = catchThrowable(this::read);
    assertThat(failure).isInstanceOf(BirdieException.class);
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain("canary").doesNotContain("/storage/");
    assertThat(((BirdieException) failure).remedy().orElse("")).isNotBlank();
    return (BirdieException) failure;
  }

  private DatabricksWorkspace workspace() {
    return workspace(new Credentials.OAuth("app-id", Secret.of("canary-secret")));
  }

  private DatabricksWorkspace workspace(Credentials credentials) {
    WorkspaceConnection connection =
        new WorkspaceConnection(WorkspaceHost.local(server.url()), "abc123", credentials);
    RunListener listener =
        new RunListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    Instant start = Instant.now();
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return start.plus(passed);
          }
        };
    Surroundings surroundings =
        new Surroundings(
            clock,
            () -> passed.toNanos(),
            pause -> {
              if (stopped) {
                throw new InterruptedException();
              }
              pauses.add(pause);
              onPause.run();
              passed = passed.plus(pause);
            },
            new SplittableRandom(7),
            limits());
    return DatabricksWorkspace.open(connection, surroundings, listener);
  }

  private Limits limits() {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        usual.statement(),
        usual.warehouseStart(),
        usual.request(),
        usual.download(),
        usual.retrying(),
        bytesInFlight,
        usual.chunkBytes(),
        usual.batchBytes(),
        windowBytes,
        usual.parallelDownloads());
  }

  private static Feed feed() {
    return new Feed(
        "tickets",
        "127.0.0.1",
        new TableName(Optional.of("main"), "voc", "t"),
        RecordKinds.REFERENCE,
        List.of("id"),
        new Cursor("at", Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Duration.ofHours(1),
        Duration.ZERO,
        1000);
  }

  private static String three() {
    return chunk(0, 0, 10) + "," + chunk(1, 10, 10) + "," + chunk(2, 20, 5);
  }

  private static String chunk(int index, long offset, long rows) {
    return "{'chunk_index':"
        + index
        + ",'row_offset':"
        + offset
        + ",'byte_count':9,'row_count':"
        + rows
        + "}";
  }

  private static String succeeded(String truncated, String chunks, String result) {
    return json(
            "{'statement_id':'s1','status':{'state':'SUCCEEDED'},'manifest':{'format':"
                + "'ARROW_STREAM','truncated':"
                + truncated
                + ",'total_row_count':25,'total_chunk_count':3,'result_compression':'LZ4_FRAME',"
                + "'chunks':["
                + chunks
                + "],'schema':{'column_count':5,'columns':"
                + READ_COLUMNS
                + "}},")
        + result
        + "}";
  }

  private String links(int index, String token) {
    long rows = index == 2 ? 5 : 10;
    return json(
        "'result':{ 'external_links':[{'chunk_index':"
            + index
            + ",'row_offset':"
            + index * 10
            + ",'row_count':"
            + rows
            + ",'byte_count':100000,'external_link':'"
            + server.url()
            + "/storage/"
            + index
            + "?"
            + token
            + "&X-Amz-Signature=canary-s3&sig=canary-azure&X-Goog-Signature=canary-gcs',"
            + "'expiration':'2099-01-01T00:00:00Z','session_id':'canary-session'}]}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
