package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.VersionContract;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckStoreTest extends VersionContract {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-02-03T04:05:06Z"));

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  @Override
  protected Store open() {
    return DuckStore.open(home, allocator, CLOCK, RunListener.NONE);
  }

  @Override
  protected List<FeedbackRow> held(Feed feed) {
    return read(
        "SELECT feedback_id, text, rating, additional_fields FROM review WHERE _feed = '"
            + feed.name()
            + "'");
  }

  @Override
  protected List<FeedbackRow> quarantined(Feed feed) {
    String landing = reading(reader -> landing(reader, feed));
    return read(
        "SELECT feedback_id, text, rating, json_object('updated_at', updated_at) FROM "
            + landing
            + " WHERE _violations IS NOT NULL");
  }

  @Test
  void showsFeedsReceiptsAndTheirState() {
    land(FEED, range(5, 0, 7_200_000_000L), rows("a", 4));
    land(FEED, range(6, 0, 100), List.of(FeedbackRow.keyless("x", 5)));

    FeedStatus status = reading(reader -> reader.feeds().getFirst());

    assertThat(status.watermark()).contains("1970-01-01T02:00Z");
    assertThat(status.horizon()).contains(Instant.parse("1970-01-01T06:00:00Z"));
    assertThat(status.landedAt()).contains(CLOCK.instant());
    assertThat(status.rows()).isEqualTo(4);
    assertThat(status.quarantined()).isEqualTo(1);
    assertThat(status.unbalanced()).isZero();
    List<Receipt> receipts = reading(reader -> reader.receipts("reviews"));
    assertThat(receipts).hasSize(2);
  }

  @Test
  void findsARowThatWasTakenAwayFromALandedWindow() {
    land(FEED, range(1, 0, 100), rows("a", 99));
    land(FEED, range(2, 0, 100), List.of(FeedbackRow.of("a1", "changed", 2, 99)));
    assertThat(unbalanced()).isEmpty();

    store.close();
    try (Database database = Database.openForWriting(home.resolve(DuckStore.FILE))) {
      database.execute("DELETE FROM landing.\"reviews.1\" WHERE feedback_id = 'a2'");
      database.commit();
    }

    assertThat(unbalanced()).containsExactly(1L);
  }

  @Test
  void isUsedByOneWriterAtATime() {
    assertThatThrownBy(() -> DuckStore.open(home, allocator, CLOCK, RunListener.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
  }

  @Test
  void keepsEverythingWhenItIsOpenedAgain() {
    land(FEED, range(1, 0, 100), rows("a", 4));
    store.close();
    store = open();
    assertThat(store.coverage(FEED).watermark()).hasValue(100);
    assertThat(held(FEED)).hasSize(4);
  }

  @Test
  void hasAViewForEveryKindBeforeAnythingLanded() {
    List<List<@Nullable Object>> rows = query("SELECT count(*) FROM \"user\"");
    assertThat(rows).containsExactly(List.of(0L));
  }

  @Test
  void refusesAQueryThatWritesOrReachesOutsideTheStore() {
    for (String sql :
        List.of(
            "CREATE TABLE t (a INTEGER)",
            "DELETE FROM birdie.receipt",
            "SELECT * FROM read_text('/etc/hostname')",
            "COPY review TO '" + home + "/x.csv'",
            "ATTACH '" + home + "/y.duckdb'",
            "SET enable_external_access = true",
            "SELECT * FROM nowhere")) {
      assertThatThrownBy(() -> query(sql)).as(sql).isInstanceOf(ConfigException.class);
    }
  }

  private Set<Long> unbalanced() {
    return reading(reader -> reader.unbalanced("reviews"));
  }

  private List<FeedbackRow> read(String sql) {
    List<FeedbackRow> rows = new ArrayList<>();
    for (List<@Nullable Object> row : query(sql)) {
      String fields = String.valueOf(row.get(3));
      rows.add(
          new FeedbackRow(
              Optional.ofNullable((String) row.get(0)),
              String.valueOf(row.get(1)),
              ((Number) Optional.ofNullable(row.get(2)).orElseThrow()).intValue(),
              position(fields)));
    }
    return rows;
  }

  /** The cursor, out of {@code {"updated_at":"1970-01-01 00:00:00.00001+00"}}. */
  private static Optional<Long> position(String fields) {
    String value = fields.replaceAll("[{}\"]", "").substring("updated_at:".length());
    if (value.equals("null")) {
      return Optional.empty();
    }
    Instant instant = Instant.parse(value.replace(' ', 'T').replace("+00", "Z"));
    return Optional.of(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
  }

  private static String landing(StoreReader reader, Feed feed) {
    List<String> names = new ArrayList<>();
    reader.query(
        "SELECT max_by(table_name, table_oid) FROM duckdb_tables() WHERE schema_name = 'landing'"
            + " AND table_name LIKE '"
            + feed.name()
            + ".%'",
        sink(row -> names.add(String.valueOf(row.getFirst()))));
    return "landing.\"" + names.getFirst() + '"';
  }

  private List<List<@Nullable Object>> query(String sql) {
    return reading(reader -> {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      reader.query(sql, sink(rows::add));
      return rows;
    });
  }

  private interface Row {
    void accept(List<@Nullable Object> values);
  }

  private static RowSink sink(Row each) {
    return new RowSink() {
      @Override
      public void columns(List<String> names) {}

      @Override
      public void row(List<@Nullable Object> values) {
        each.accept(values);
      }
    };
  }

  private interface Question<T> {
    T ask(StoreReader reader);
  }

  /**
   * Closes the store, asks, and opens it again: one process uses it at a time, and so does one of
   * ours.
   */
  private <T> T reading(Question<T> question) {
    store.close();
    try (StoreReader reader = StoreReader.open(home)) {
      return question.ask(reader);
    } finally {
      store = open();
    }
  }
}
