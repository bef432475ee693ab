package ai.birdie.databricks.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.feed.TextPattern;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedSqlTest {

  private static final TableName TABLE = new TableName(Optional.of("main"), "voc", "t`x");
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
  private static final long MARCH_TENTH =
      ChronoUnit.MICROS.between(
          LocalDateTime.of(1970, 1, 1, 0, 0), LocalDateTime.of(2024, 3, 10, 0, 0));
  private static final long DAY = 86_400_000_000L;

  @ParameterizedTest
  @CsvSource({
    "TIMESTAMP, 2024-03-10T00:00:00.000000Z, 2024-03-10T23:59:59.999999Z, TIMESTAMP",
    "TIMESTAMP_NTZ, 2024-03-10T00:00:00.000000, 2024-03-10T23:59:59.999999, TIMESTAMP_NTZ",
    "DATE, 2024-03-10, 2024-03-10, DATE",
    "BIGINT, 1710028800, 1710115199, BIGINT",
    "INT, 1710028800, 1710115199, BIGINT",
  })
  void readsARangeInTheDocumentedShapeWithTypedBounds(
      String type, String start, String end, String bound) {
    FeedSql sql = sql(type, Optional.empty());
    Query query = sql.read(range(sql, MARCH_TENTH, MARCH_TENTH + DAY), selected());
    assertThat(query.sql()).endsWith(" FROM `main`.`voc`.`t``x` WHERE `c` BETWEEN :start AND :end");
    assertThat(query.parameters())
        .containsExactly(new Parameter("start", start, bound), new Parameter("end", end, bound));
  }

  @Test
  void comparesTextByItsTime() {
    FeedSql sql = sql("STRING", Optional.empty());
    Query query = sql.read(range(sql, MARCH_TENTH, MARCH_TENTH + 1), selected());
    assertThat(query.sql()).endsWith(" WHERE try_to_timestamp(`c`) BETWEEN :start AND :end");
    assertThat(sql.cursor().warnings()).hasSize(1);
    Window nulls = new Window.NullCursor(horizon(sql));
    assertThat(sql.read(nulls, selected()).sql()).endsWith(" WHERE try_to_timestamp(`c`) IS NULL");
    CursorColumn zoned =
        CursorColumn.of(TABLE, new Column("c", "VARCHAR(30)"), cursor(Optional.of(LOS_ANGELES)));
    assertThat(zoned.comparable()).isEqualTo("TRY_CAST(`c` AS TIMESTAMP_NTZ)");
    assertThat(zoned.scale().zone()).isEqualTo(LOS_ANGELES);
  }

  @Test
  void comparesTextOfOnePatternAsItIs() {
    Cursor declared =
        new Cursor(
            "c",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new TextPattern("yyyy-MM-dd'T'HH:mm:ss")));
    Column column = new Column("c", "STRING");
    FeedSql sql =
        new FeedSql(
            TABLE,
            List.of(column),
            List.of(),
            CursorColumn.of(TABLE, column, declared),
            Optional.empty());
    Query query = sql.read(range(sql, MARCH_TENTH, MARCH_TENTH + DAY), selected());
    assertThat(query.sql())
        .contains(" WHERE `c` BETWEEN :start AND :end AND IF(length(`c`) = 19, ");
    assertThat(query.parameters())
        .containsExactly(
            Parameter.string("start", "2024-03-10T00:00:00"),
            Parameter.string("end", "2024-03-10T23:59:59"));
    assertThat(sql.read(new Window.NullCursor(horizon(sql)), selected()).sql())
        .endsWith("XXX')), NULL) IS NULL");
  }

  @Test
  void readsASliceByTheHashOfTheKey() {
    FeedSql sql = sql("TIMESTAMP", Optional.empty());
    Window slice = range(sql, MARCH_TENTH, MARCH_TENTH + DAY).sliced(new Slice(2, 4));
    Query query = sql.read(slice, selected());
    assertThat(query.sql())
        .endsWith(
            " WHERE `c` BETWEEN :start AND :end AND"
                + " pmod(IF(`id` IS NULL, 0L, xxhash64('id', `id`)), :slices) = :slice");
    assertThat(query.parameters())
        .endsWith(Parameter.bigint("slice", 2), Parameter.bigint("slices", 4));
  }

  @Test
  void slicesByAllColumnsWhereTheKeyIsNone() {
    Column column = new Column("c", "TIMESTAMP");
    CursorColumn cursor = CursorColumn.of(TABLE, column, cursor(Optional.empty()));
    FeedSql sql = new FeedSql(TABLE, List.of(column), List.of(), cursor, Optional.empty());
    Window slice = new Window.NullCursor(horizon(sql), new Slice(0, 2));
    assertThat(sql.read(slice, selected()).sql())
        .endsWith(
            "`c` IS NULL AND pmod(IF(`c` IS NULL, 0L, xxhash64('c', `c`)), :slices) = :slice");
  }

  @Test
  void readsWhatIsAheadAndWhatHasNoCursor() {
    FeedSql sql = sql("TIMESTAMP", Optional.empty());
    Query future = sql.read(new Window.Future(horizon(sql), MARCH_TENTH), selected());
    assertThat(future.sql()).endsWith(" WHERE `c` >= :start");
    assertThat(future.parameters()).hasSize(1);
    Query nulls = sql.read(new Window.NullCursor(horizon(sql)), selected());
    assertThat(nulls.sql()).endsWith(" WHERE `c` IS NULL");
    assertThat(nulls.parameters()).isEmpty();
  }

  @Test
  void countsANumberWithoutAPositionAsNoCursor() {
    FeedSql sql = sql("BIGINT", Optional.empty());
    String position = "try_multiply(CAST(`c` AS BIGINT), 1000000L)";
    assertThat(sql.read(new Window.NullCursor(horizon(sql)), selected()).sql())
        .endsWith(" WHERE " + position + " IS NULL");
    assertThat(sql.read(new Window.Future(horizon(sql), 0), selected()).sql())
        .endsWith(" WHERE `c` >= :start AND " + position + " IS NOT NULL");
  }

  @Test
  void readsOneKind() {
    KindFilter filter = new KindFilter("data_kind", RecordKinds.SUPPORT_TICKET);
    FeedSql sql = sql("TIMESTAMP", Optional.of(filter));
    Query query = sql.read(new Window.NullCursor(horizon(sql)), selected());
    assertThat(query.sql())
        .endsWith(
            " WHERE `c` IS NULL AND"
                + " lower(regexp_replace(trim(BOTH ' \\t\\n\\r' FROM `data_kind`), '[\\\\s_-]+', '_')) IN (:kind, :kinds)");
    assertThat(query.parameters())
        .containsExactly(
            Parameter.string("kind", "support_ticket"),
            Parameter.string("kinds", "support_tickets"));
    assertThat(
            sql.probe(new Inquiry(Optional.empty(), Optional.empty(), false), Optional.empty())
                .parameters())
        .hasSize(2);
  }

  @Test
  void probesOnlyHowTheRowsLieBeforeAnythingIsCovered() {
    Query all =
        sql("DATE", Optional.empty())
            .probe(new Inquiry(Optional.empty(), Optional.empty(), false), Optional.empty());
    assertThat(all.sql())
        .contains("count_if(p < horizon)", "count_if(p >= horizon)")
        .doesNotContain(":reach", "UNION", "xxhash64");
  }

  @Test
  void addsUpTheHashesOfNothingButWhatMayHaveChanged() {
    Inquiry.Recent recent =
        new Inquiry.Recent(
            List.of(new Interval(3 * DAY, 4 * DAY), new Interval(4 * DAY, 5 * DAY)), 5 * DAY, 7);
    Query tail =
        sql("TIMESTAMP", Optional.empty())
            .probe(
                new Inquiry(Optional.of(new Inquiry.Due(5, 2)), Optional.of(recent), true),
                Optional.empty());
    assertThat(tail.sql())
        .contains("count_if((p >= :reach OR p < :before) AND p < horizon)")
        .contains("count_if(p > horizon)")
        .contains("WHERE ((`c` >= :start) OR (`c` IS NULL))")
        .contains("WHEN p >= 432000000000L THEN IF(p < settled, 'new', NULL)")
        .contains("timestamp_micros(unix_micros(current_timestamp()) - 7L)");
    assertThat(tail.parameters())
        .containsExactly(
            Parameter.bigint("reach", 5),
            Parameter.bigint("before", 2),
            new Parameter("start", "1970-01-04T00:00:00.000000Z", "TIMESTAMP"));
  }

  @Test
  void asksForTheTotalsOfManyWindowsAtOnce() {
    FeedSql sql = sql("TIMESTAMP", Optional.empty());
    Window batch = range(sql, 0, 10);
    List<Window> windows =
        List.of(
            range(sql, 20, 30),
            batch.sliced(new Slice(0, 2)),
            batch.sliced(new Slice(1, 2)),
            new Window.NullCursor(horizon(sql)),
            new Window.Future(horizon(sql), 40));
    Query totals = sql.totals(windows);
    assertThat(totals.sql())
        .contains("CASE WHEN p IS NULL THEN 3 WHEN p >= 40L THEN 4 ELSE CASE WHEN p < 20L THEN ")
        .contains("CASE WHEN pmod(k, 2) = 0 THEN 1 WHEN pmod(k, 2) = 1 THEN 2 END")
        .contains("WHERE ((`c` >= :start) OR (`c` IS NULL))");
    assertThat(totals.parameters()).hasSize(1);
  }

  @Test
  void asksForTheClockInTheColumnsZone() {
    CursorColumn local =
        CursorColumn.of(TABLE, new Column("c", "DATE"), cursor(Optional.of(LOS_ANGELES)));
    assertThat(local.now(0))
        .contains("from_utc_timestamp(current_timestamp(), 'America/Los_Angeles')")
        .contains("pmod");
    assertThat(local.warnings()).isEmpty();
  }

  @Test
  void hashesColumnsByNameAndLeavesNullsOut() {
    assertThat(RowHash.of(List.of())).isEqualTo("0L");
    assertThat(RowHash.of(List.of(new Column("a'b", "INT"))))
        .isEqualTo("IF(`a'b` IS NULL, 0L, xxhash64('a\\'b', `a'b`))");
    assertThat(
            RowHash.of(
                List.of(
                    new Column("m", "MAP<STRING, INT>"),
                    new Column("n", "MAP<STRING, MAP<STRING, INT>>"),
                    new Column("v", "VARIANT"),
                    new Column("s", "STRUCT<m: MAP<INT, INT>>"))))
        .contains("xxhash64('m', array_sort(map_entries(`m`)))")
        .contains("xxhash64('n', to_json(`n`))")
        .contains("xxhash64('v', to_json(`v`))")
        .contains("xxhash64('s', to_json(`s`))");
  }

  @Test
  void nestsTheHashOfManyColumnsNoDeeperThanNeeded() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      columns.add(new Column("c" + i, "INT"));
    }
    String hash = RowHash.of(columns);
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < hash.length(); i++) {
      char c = hash.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    assertThat(deepest).isLessThan(16);
    assertThat(hash.split("\\^")).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOOLEAN", "DOUBLE", "DECIMAL(10,0)", "ARRAY<TIMESTAMP>", "VARIANT"})
  void refusesAnythingElseAsACursor(String type) {
    assertThatThrownBy(() -> sql(type, Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(type);
  }

  @Test
  void wantsToKnowWhatANumberCounts() {
    Cursor bare = new Cursor("c", Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> CursorColumn.of(TABLE, new Column("c", "BIGINT"), bare))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            e -> assertThat(((ConfigException) e).remedy().orElse("")).contains("cursor_unit"));
  }

  @Test
  void givesANewNameToWhatClashes() {
    SelectList list =
        SelectList.of(
            List.of(
                new Column("_Cursor", "INT"),
                new Column("_cursor_1", "INT"),
                new Column("a", "INT"),
                new Column("A", "INT"),
                new Column("_violations", "INT")));
    assertThat(list.names()).containsExactly("_Cursor_2", "_cursor_1", "a", "A_1", "_violations_1");
    assertThat(list.sql())
        .isEqualTo(
            "`_Cursor` AS `_Cursor_2`, `_cursor_1`, `a`, `A` AS `A_1`,"
                + " `_violations` AS `_violations_1`");
    assertThat(list.renamed()).hasSize(3);
  }

  @Test
  void writesNumbersForTheWarehouseWhateverThisMachinesLanguage() {
    Locale before = Locale.getDefault();
    List<String> here = statements();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat("%d".formatted(1)).as("a language with digits of its own").isNotEqualTo("1");
      assertThat(statements()).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Statements that have numbers in their text. */
  private static List<String> statements() {
    FeedSql sql = sql("TIMESTAMP", Optional.empty());
    Interval one = new Interval(MARCH_TENTH, MARCH_TENTH + DAY);
    Interval other = new Interval(MARCH_TENTH + DAY, MARCH_TENTH + 2 * DAY);
    Inquiry.Recent recent = new Inquiry.Recent(List.of(one, other), MARCH_TENTH + 2 * DAY, 3);
    Inquiry inquiry = new Inquiry(Optional.empty(), Optional.of(recent), false);
    List<Window> windows =
        List.of(range(sql, one.from(), one.to()), range(sql, other.from(), other.to()));
    FitnessSql fitness = new FitnessSql(sql, 2);
    Commits commits = new Commits(new TreeMap<>(Map.of(4L, MARCH_TENTH)), 5);
    return List.of(
        FeedSql.kinds(TABLE, "kind").sql(),
        VersionSql.history(TABLE, 10).sql(),
        VersionSql.changesTrial(TABLE, 12).sql(),
        VersionSql.events(sql, 1, 2, Optional.empty()).sql(),
        VersionSql.written(sql, 1, 2, Optional.empty()).sql(),
        sql.probe(inquiry, Optional.of(6L)).sql(),
        sql.totals(windows).sql(),
        sql.readAsText(windows.get(0), selected()).sql(),
        fitness.present(Optional.of(7L)).sql(),
        fitness.changed(commits).sql(),
        fitness.tracked(commits).sql(),
        fitness.compared(commits).sql(),
        new SampleSql(sql).counts().sql(),
        new SampleSql(sql).rowsOfSample().sql());
  }

  private static SelectList selected() {
    return SelectList.of(List.of(new Column("c", "INT")));
  }

  private static FeedSql sql(String type, Optional<KindFilter> filter) {
    Column column = new Column("c", type);
    Column key = new Column("id", "STRING");
    return new FeedSql(
        TABLE,
        List.of(column, key),
        List.of(key),
        CursorColumn.of(TABLE, column, cursor(Optional.empty())),
        filter);
  }

  private static Cursor cursor(Optional<ZoneId> zone) {
    return new Cursor("c", zone, Optional.of(EpochUnit.SECONDS));
  }

  private static Horizon horizon(FeedSql sql) {
    return new Horizon(Instant.parse("2026-01-01T00:00:00Z"), sql.cursor().scale());
  }

  private static Window range(FeedSql sql, long from, long to) {
    assertThat(sql.cursor().scale().zone()).isEqualTo(ZoneOffset.UTC);
    return new Window.Range(horizon(sql), new Interval(from, to));
  }
}
