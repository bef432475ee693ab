package ai.birdie.app.schema;

import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds as a page. */
final class KindPage {

  private static final String HEAD =
      """
      # The kinds of record, and the columns that a table needs

      Written from the kinds' definitions by a test, which fails when the page is stale; `birdie schema KIND` prints the same of one kind, its SQL
      (`--sql` for a table, `--view` for a view over yours), and the JSON Schema of a record (`--json-schema`).

      Names are matched without regard to case; [`mapping`](connection-file.md) says where a field is called otherwise. Every other column is kept
      too, and shown in the view's `additional_fields`; `_feed` names the feed that a row came from. Each kind has a view of its id in the store.

      """;

  private static final String WORDS =
      """

      ## What the words mean

      - **need**: a table without a column that is `required` cannot be read, and one that is `expected` is missed with a warning; where the column is
        there, a row without a value in either breaks the contract. What is `optional` is not missed.
      - **type**: ids that come as numbers are taken as their digits. A `timestamp` is a TIMESTAMP, a DATE, or RFC 3339 text; a `number` may be text.
        An `integer` has no decimals and fits 32 bits.
      - **values**: a number outside of the range breaks the contract. Of words that are `optional` any other counts as no value.
      - **basis**: `documented` by Birdie's public pages, `implied` by them, or this project's `own` reading.
      - A field *of the conversation* is repeated in each of its messages; that of the newest message counts.

      A table of conversations without `message_id` holds one row for each, and is known by `conversation_id` alone. What becomes of a row that breaks the
      contract: [quarantine](../concepts/records.md). Views of more than one kind: [conversations and feedback](views.md).
      """;

  private KindPage() {}

  static String document() {
    String families =
        Stream.of(Family.values()).map(KindPage::family).collect(Collectors.joining("\n"));
    return HEAD + families + WORDS;
  }

  private static String family(Family family) {
    List<RecordKind> kinds =
        RecordKinds.all().stream().filter(kind -> kind.family() == family).toList();
    String chapters =
        kinds.stream()
            .collect(
                Collectors.groupingBy(RecordKind::fields, LinkedHashMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(KindPage::chapter)
            .collect(Collectors.joining("\n"));
    return chapters + "\nPartition column: " + family.cursorAdvice() + ".\n";
  }

  /** Kinds of the same fields share a table. */
  private static String chapter(List<RecordKind> kinds) {
    RecordKind one = kinds.get(0);
    String title =
        kinds.stream().map(kind -> "`" + kind.id() + "`").collect(Collectors.joining(", "));
    String meanings =
        kinds.stream()
            .map(kind -> kind.displayName() + ": " + kind.meaning() + ".")
            .collect(Collectors.joining(" "));
    return "## " + title + "\n\n" + meanings + " " + key(one) + any(one) + "\n" + table(one);
  }

  private static String key(RecordKind kind) {
    return kind.key().isEmpty()
        ? "The key is what the file says in `ingestion.key`; all columns are shown as they are, in a view named by the feed."
        : "Key: " + names(kind.key()) + ".";
  }

  private static String any(RecordKind kind) {
    return kind.anyOf().isEmpty() ? "" : " A row has at least one of " + names(kind.anyOf()) + ".";
  }

  private static String names(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String table(RecordKind kind) {
    if (kind.asItIs()) {
      return "";
    }
    return "\n| field | type | need | values | meaning | basis |\n|---|---|---|---|---|---|\n"
        + kind.fields().stream().map(KindPage::line).collect(Collectors.joining());
  }

  private static String line(Field field) {
    String whose = field.level() == Field.Level.CONVERSATION ? "; *of the conversation*" : "";
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            field.name(),
            KindWords.of(field.type()),
            KindWords.of(field.need()),
            KindWords.of(field.domain()),
            field.meaning() + whose,
            KindWords.of(field.basis()));
  }
}
