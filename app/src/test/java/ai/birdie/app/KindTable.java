package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Shape;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.databricks.Limits;
import ai.birdie.testkit.SampleRows;
import ai.birdie.testkit.TestFeeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table of a kind with rows that break its contract, each in a way of its own: {@code case_id}
 * tells them apart, and beside each field's column there is one, {@code mended_} before its name,
 * in which the values are sound.
 */
final class KindTable {

  /** Which types the columns have. */
  enum Layout {
    /** All are text. */
    TEXT,
    /** Texts are bytes, and numbers may be none. */
    RAW;

    Shape shape(FieldType type) {
      return switch (type) {
        case TEXT -> this == TEXT ? Shape.TEXT : Shape.BYTES;
        case TIMESTAMP -> this == TEXT ? Shape.TEXT : Shape.TIMESTAMP;
        case INTEGER, NUMBER -> this == TEXT ? Shape.TEXT : Shape.FLOATING;
      };
    }

    String type(FieldType type) {
      return switch (shape(type)) {
        case BYTES -> "BINARY";
        case TIMESTAMP -> "TIMESTAMP";
        case FLOATING -> "DOUBLE";
        default -> "STRING";
      };
    }
  }

  private static final int SOUND = 50;

  private final Lake lake;
  private final Path home;
  private final RecordKind kind;
  private final String name;
  private final Path file;
  private final Map<String, String> violations = new TreeMap<>();

  private KindTable(Lake lake, Path home, RecordKind kind, String name) {
    this.lake = lake;
    this.home = home;
    this.kind = kind;
    this.name = name;
    this.file = lake.connect(home, name, kind.id(), Map.of("mode", "cursor"));
  }

  /** Creates the table, with some sound rows and one for every way to break a rule. */
  static KindTable create(
      Lake lake, Path home, RecordKind kind, Layout layout, String name, long seed) {
    KindTable table = new KindTable(lake, home, kind, name);
    List<SourceColumn> columns =
        kind.fields().stream()
            .map(field -> new SourceColumn(field.name(), layout.shape(field.type())))
            .toList();
    table.fill(new SampleRows(Contract.of(TestFeeds.of(kind), columns), seed), layout);
    return table;
  }

  private void fill(SampleRows samples, Layout layout) {
    String columns =
        kind.fields().stream()
            .map(field ->
                "`%1$s` %2$s, `mended_%1$s` %2$s"
                    .formatted(field.name(), layout.type(field.type())))
            .collect(Collectors.joining(", "));
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.%s (%s, case_id STRING, updated_at TIMESTAMP)"
                .formatted(name, columns));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < SOUND; i++) {
      Map<String, Object> row = samples.sound();
      rows.add(row(row, row, "sound-" + i, layout));
    }
    for (SampleRows.Broken broken : samples.broken()) {
      String id = "broken-" + violations.size();
      violations.put(id, broken.violation().toString());
      rows.add(row(broken.values(), samples.sound(), id, layout));
    }
    lake.sql()
        .run("INSERT INTO main.feedback.%s VALUES %s".formatted(name, String.join(", ", rows)));
  }

  private String row(
      Map<String, Object> values, Map<String, Object> mended, String id, Layout layout) {
    return kind.fields().stream()
        .map(field ->
            literal(values.get(field.name()), field, layout)
                + ", "
                + literal(mended.get(field.name()), field, layout))
        .collect(
            Collectors.joining(", ", "(", ", '" + id + "', current_timestamp() - INTERVAL 1 DAY)"));
  }

  private static String literal(@Nullable Object value, Field field, Layout layout) {
    String text =
        switch (value) {
          case null -> "NULL";
          case byte[] bytes -> "X'" + HexFormat.of().formatHex(bytes) + "'";
          case Instant time -> "'" + time + "'";
          default -> "'" + value.toString().replace("\t", "\\t") + "'";
        };
    return "CAST(" + text + " AS " + layout.type(field.type()) + ")";
  }

  /** What each broken row breaks, by its case. */
  Map<String, String> violations() {
    return Map.copyOf(violations);
  }

  /** The cases that break what the key is held to. */
  List<String> casesOfTheKey() {
    return violations.entrySet().stream()
        .filter(
            entry -> kind.key().stream().anyMatch(key -> entry.getValue().startsWith(key + ":")))
        .map(Map.Entry::getKey)
        .toList();
  }

  long rows() {
    return (long) SOUND + violations.size();
  }

  /** Puts sound values into all fields of some rows but those of the key, and stamps them. */
  void mend(List<String> cases) {
    mend(cases, kind.fields().stream().map(Field::name).filter(f -> !kind.key().contains(f)));
  }

  /** Puts sound values into all fields of some rows, which are other records then. */
  void mendKeys(List<String> cases) {
    mend(cases, kind.fields().stream().map(Field::name));
  }

  private void mend(List<String> cases, Stream<String> fields) {
    String sets = fields.map("`%1$s` = `mended_%1$s`"::formatted).collect(Collectors.joining(", "));
    String ids = cases.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    lake.sql()
        .run(
            "UPDATE main.feedback.%s SET %s, updated_at = current_timestamp() WHERE case_id IN (%s)"
                .formatted(name, sets, ids));
  }

  /** Says in the connection file that all fields but the key's are in the sound columns. */
  void mapToMended() {
    try {
      ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
      ObjectNode mapping = document.putObject("mapping");
      kind.fields().stream()
          .map(Field::name)
          .filter(field -> !kind.key().contains(field))
          .forEach(field -> mapping.put(field, "mended_" + field));
      Files.writeString(file, JsonMapper.shared().writeValueAsString(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only feed of an {@code ingest} that goes well. */
  JsonNode ingest() {
    return json(run(List.of("ingest", "--json", "--local"), file.toString())).path("feeds").get(0);
  }

  /** Judges again, and compares with the source. */
  void replay() {
    json(run(List.of("quarantine", "replay", "--json", "--local"), file.toString()));
  }

  /** Compares with the source, and lets the rows leave that it has no longer. */
  void clear() {
    json(
        run(
            List.of("reconcile", "--deletes", "--delete-at-most", "100", "--json", "--local"),
            file.toString()));
  }

  /** The rows in quarantine, by their case: what they break. */
  Map<String, String> quarantined() {
    Map<String, String> found = new TreeMap<>();
    for (JsonNode row :
        query(
            "SELECT record->>'case_id' AS id, array_to_string(violations, ' ') AS broken"
                + " FROM quarantine WHERE _feed = '"
                + name
                + "'")) {
      found.put(row.path("id").asString(), row.path("broken").asString());
    }
    return found;
  }

  /** What {@code birdie quarantine FEED} counts, by violation. */
  Map<String, Long> counted() {
    Map<String, Long> counted = new TreeMap<>();
    JsonNode shown = json(run(List.of("quarantine", "--json"), name));
    for (JsonNode rule : shown.path("rules")) {
      counted.put(
          "%s:%s:%s"
              .formatted(
                  rule.path("field").asString(),
                  rule.path("rule").asString(),
                  rule.path("found").asString()),
          rule.path("rows").asLong());
    }
    return counted;
  }

  /** How many of the feed's rows are in its kind's view. */
  long shown() {
    return query("SELECT count(*) AS n FROM \"%s\" WHERE _feed = '%s'".formatted(kind.id(), name))
        .get(0)
        .path("n")
        .asLong();
  }

  /** Fails unless every receipt balances, and holds against the store. */
  void assertProved() {
    JsonNode receipts = json(run(List.of("receipts", "--json"), name));
    assertThat(receipts)
        .isNotEmpty()
        .allSatisfy(receipt -> {
          assertThat(receipt.path("balances").asBoolean()).isTrue();
          assertThat(receipt.path("holds").asBoolean()).isTrue();
        });
  }

  private List<JsonNode> query(String sql) {
    return StreamSupport.stream(json(run(List.of("query", "--json"), sql)).spliterator(), false)
        .toList();
  }

  private Answer run(List<String> command, String argument) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--home", home.toString(), argument));
    return Birdie.runHere(words, Limits.DEFAULT);
  }

  private static JsonNode json(Answer answer) {
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    return JsonMapper.shared().readTree(answer.out());
  }
}
