package ai.birdie.bench.recording;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.databricks.result.DecodedHash;
import java.util.List;
import java.util.stream.Stream;

/** The recorded table: one of NPS answers, of 15 columns. */
final class FeedbackTable {

  static final List<Column> OWN =
      List.of(
          Column.text("feedback_id", (row, text) -> text.add("nps-").addHex(row.bits(1))),
          Column.integer("rating", row -> row.below(11, 2)),
          Column.text("text", (row, text) -> row.prose(text, 100)),
          Column.timestamp("posted_at", row -> row.cursor() - 1_000L * row.below(86_400_000, 3)),
          Column.timestamp("updated_at", Row::cursor),
          Column.text("account_id", (row, text) -> text.add("account-").add(row.below(5_000, 4))),
          Column.text("author_id", (row, text) -> text.add("user-").add(row.below(200_000, 5))),
          Column.text("survey_title", (row, text) -> text.add("Survey ").add(row.below(40, 6))),
          Column.text(
              "ticket_id",
              (row, text) -> {
                if (row.below(10, 7) < 7) {
                  text.add("ticket-").addHex(row.bits(8));
                }
              }),
          Column.text("language", (row, text) -> text.add(row.language(9))),
          Column.text(
              "url",
              (row, text) -> text.add("https://example.com/products/").add(row.below(10_000, 10))),
          Column.decimal("revenue", row -> row.below(1_000_000_000, 11)),
          Column.text(
              "attributes",
              (row, text) ->
                  text.add("{\"channel\":\"email\",\"version\":\"")
                      .add(row.below(30, 12))
                      .add(".")
                      .add(row.below(100, 13))
                      .add("\",\"seats\":")
                      .add(row.below(2_000, 14))
                      .add("}")),
          Column.bigint("response_millis", row -> row.below(600_000, 15)),
          Column.real("sentiment", row -> row.below(2_001, 16) - 1_000));

  static final List<Column> WITH_CURSOR_AND_HASH =
      Stream.concat(
              OWN.stream(),
              Stream.of(
                  Column.bigint(BatchReader.CURSOR, Row::cursor),
                  Column.bigint(BatchReader.ROW_HASH, Row::hash)))
          .toList();

  private FeedbackTable() {}

  /** What a warehouse computes of a row's values. */
  static DecodedHash hash() {
    return new DecodedHash(
        OWN.stream()
            .map(column -> new ai.birdie.databricks.sql.Column(column.name(), column.typeText()))
            .toList());
  }
}
