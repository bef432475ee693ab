package ai.birdie.app.map;

import ai.birdie.core.contract.Row;
import ai.birdie.core.contract.Shape;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.databricks.sample.TableSample;
import ai.birdie.databricks.sample.TableSample.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A made-up table, column by column. */
final class Table {

  static final int ROWS = 200;
  private static final List<String> WORDS =
      List.of(
          "the",
          "delivery",
          "was",
          "late",
          "but",
          "support",
          "helped",
          "me",
          "quickly",
          "and",
          "I",
          "would",
          "buy",
          "again",
          "although",
          "parcel",
          "arrived",
          "damaged",
          "today",
          "thanks");

  private final List<Counted> columns = new ArrayList<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();

  Table() {
    IntStream.range(0, ROWS).forEach(i -> rows.add(new HashMap<>()));
  }

  /** One more column; its values may be null. */
  Table with(String name, Shape shape, IntFunction<Object> values) {
    List<Object> all = IntStream.range(0, ROWS).mapToObj(values).toList();
    for (int i = 0; i < ROWS; i++) {
      if (all.get(i) != null) {
        rows.get(i).put(name, all.get(i));
      }
    }
    List<Object> present = all.stream().filter(Objects::nonNull).toList();
    columns.add(
        new Counted(
            new SourceColumn(name, shape),
            shape.name(),
            present.size(),
            Optional.of((long) new HashSet<>(present).size())));
    return this;
  }

  Table text(String name, IntFunction<Object> values) {
    return with(name, Shape.TEXT, values);
  }

  Table whole(String name, IntFunction<Object> values) {
    return with(name, Shape.WHOLE, values);
  }

  /** A column of what people write, some of it missing. */
  Table prose(String name) {
    return text(name, i -> i % 9 == 0 ? null : sentence(i, 8 + i % 9));
  }

  /** A column of headings. */
  Table headings(String name) {
    return text(name, i -> sentence(i, 2 + i % 3));
  }

  Table times(String name) {
    return with(
        name, Shape.TIMESTAMP, i -> Instant.parse("2026-03-01T00:00:00Z").plusSeconds(3600L * i));
  }

  static String sentence(int seed, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS.get((seed * 7 + i * i + i) % WORDS.size()));
    }
    return text + " " + seed;
  }

  TableSample sample() {
    List<Row> list =
        rows.stream().<Row>map(row -> column -> Optional.ofNullable(row.get(column))).toList();
    return new TableSample(columns, ROWS, list);
  }

  static Feed feed(RecordKind kind, String partition) {
    return new Feed(
        "feed",
        "host",
        new TableName(Optional.of("main"), "voc", "export"),
        kind,
        kind.key(),
        new Cursor(partition, Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Duration.ZERO,
        1000);
  }

  Proposal propose(RecordKind kind, String partition) {
    return Proposal.of(feed(kind, partition), sample());
  }
}
