package ai.birdie.app.config;

import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mode;
import ai.birdie.core.feed.Order;
import ai.birdie.core.feed.Redaction;
import ai.birdie.core.feed.TextPattern;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the table is read, for every kind in it: the file's optional block {@code ingestion}.
 *
 * @param key empty where each kind's own is meant
 */
record FeedSettings(
    Cursor cursor,
    List<String> key,
    Optional<Instant> start,
    Duration lag,
    Duration settle,
    Mode mode,
    Duration cycle,
    Order order,
    long windowRows,
    double tolerance,
    Redaction redaction) {

  static final String KEY = "/ingestion/key";
  static final String REDACT = "/ingestion/redact";
  private static final String PATTERN = "/ingestion/cursor_pattern";
  static final String PARTITION_COLUMN = "/data_source/partition_column";
  static final String DEFAULT_PARTITION_COLUMN = "created_at";

  static FeedSettings read(Values values) {
    Optional<ZoneId> zone = values.time("/ingestion/cursor_zone", ZoneId::of);
    Optional<EpochUnit> unit =
        values
            .text("/ingestion/cursor_unit")
            .map(text -> EpochUnit.valueOf(text.toUpperCase(Locale.ROOT)));
    Optional<TextPattern> pattern =
        values.text(PATTERN).flatMap(letters -> pattern(letters, values));
    String column = values.text(PARTITION_COLUMN).orElse(DEFAULT_PARTITION_COLUMN);
    return new FeedSettings(
        new Cursor(column, zone, unit, pattern),
        values.texts(KEY),
        values.time("/ingestion/start", text -> start(text, zone.orElse(ZoneOffset.UTC))),
        values.time("/ingestion/lag", Duration::parse).orElse(Feed.DEFAULT_LAG),
        values.time("/ingestion/settle", Duration::parse).orElse(Feed.DEFAULT_SETTLE),
        values
            .text("/ingestion/mode")
            .map(text -> Mode.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(Mode.AUTO),
        values.time("/ingestion/reconcile_within", Duration::parse).orElse(Feed.DEFAULT_CYCLE),
        values
            .text("/ingestion/order")
            .map(text -> Order.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(Order.OLDEST),
        values.number("/ingestion/window_rows").orElse(Feed.DEFAULT_WINDOW_ROWS),
        values.decimal("/ingestion/quarantine_share").orElse(Feed.DEFAULT_TOLERANCE),
        redaction(values));
  }

  private static Redaction redaction(Values values) {
    List<String> columns = values.texts(REDACT);
    if (!columns.isEmpty()) {
      return new Redaction.Columns(columns);
    }
    return values.isTrue(REDACT) ? new Redaction.FreeText() : new Redaction.None();
  }

  private static Optional<TextPattern> pattern(String letters, Values values) {
    if (!TextPattern.isOne(letters)) {
      values.fault(PATTERN);
      return Optional.empty();
    }
    return Optional.of(new TextPattern(letters));
  }

  private static Instant start(String text, ZoneId zone) {
    return text.length() == "2026-01-31".length()
        ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }
}
