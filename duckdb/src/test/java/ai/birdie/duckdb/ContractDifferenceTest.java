package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Shape;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.contract.Violation;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.Field.Need;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Generated rows, judged and read by DuckDB as by the plain interpreter: each field of every type,
 * in a column of every shape that it can have, must, and may, have a value.
 */
class ContractDifferenceTest {

  private static final int ROWS = 100_000;

  /** A seed of its own for every day's tests, printed where one fails. */
  private static final long SEED = Long.getLong("birdie.seed", System.nanoTime());

  private static final Map<Shape, String> TYPES =
      new EnumMap<>(
          Map.of(
              Shape.TEXT, "VARCHAR",
              Shape.WHOLE, "BIGINT",
              Shape.DECIMAL, "DECIMAL(20, 4)",
              Shape.FLOATING, "DOUBLE",
              Shape.TRUTH, "BOOLEAN",
              Shape.DATE, "DATE",
              Shape.TIMESTAMP, "TIMESTAMPTZ",
              Shape.LOCAL_TIMESTAMP, "TIMESTAMP",
              Shape.BYTES, "BLOB"));

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"NOTHING", "OTHER"},
      mode = EnumSource.Mode.EXCLUDE)
  void bothJudgeAlike(Shape shape) throws SQLException {
    compare(shape, ZoneId.of("Europe/Lisbon"), Map.of());
  }

  @Test
  void bothReadDeclaredWordsAlike() throws SQLException {
    compare(Shape.TEXT, ZoneOffset.UTC, Map.of("bad", "1", "good", "5", "soon", "2026-01-31"));
    compare(Shape.WHOLE, ZoneOffset.UTC, Map.of("1", "10", "0", "agent"));
  }

  private void compare(Shape shape, ZoneId zone, Map<String, String> words) throws SQLException {
    List<Field> fields = fields(shape, !words.isEmpty());
    Feed feed = feed(fields, zone, words);
    List<SourceColumn> columns = new ArrayList<>();
    columns.add(new SourceColumn("id", Shape.TEXT));
    fields.stream()
        .map(Field::name)
        .filter(name -> !name.equals("id"))
        .forEach(name -> columns.add(new SourceColumn(name, shape)));
    Contract contract = Contract.of(feed, columns);
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement setting = database.createStatement()) {
      setting.execute("SET TimeZone = 'UTC'");
      setting.execute("CREATE TABLE rows (" + definitions(columns) + ")");
      List<Map<String, Object>> rows = new ArrayList<>();
      String marks = String.join(", ", columns.stream().map(_ -> "?").toList());
      try (PreparedStatement insert =
          database.prepareStatement("INSERT INTO rows VALUES (" + marks + ")")) {
        for (int i = 0; i < ROWS / 10; i++) {
          Map<String, Object> row = row(columns, words);
          rows.add(row);
          for (int c = 0; c < columns.size(); c++) {
            bind(insert, c + 1, row.get(columns.get(c).name()));
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
      check(database, contract, rows);
    }
  }

  private static void check(Connection database, Contract contract, List<Map<String, Object>> rows)
      throws SQLException {
    StringBuilder selected = new StringBuilder(ContractSql.violations(contract));
    contract.bindings().forEach(b -> selected.append(", ").append(FieldSql.value(b)));
    int at = 0;
    int broken = 0;
    try (PreparedStatement query = database.prepareStatement("SELECT " + selected + " FROM rows");
        ResultSet result = query.executeQuery()) {
      while (result.next()) {
        Map<String, Object> values = rows.get(at++);
        var row = (ai.birdie.core.contract.Row) column -> Optional.ofNullable(values.get(column));
        List<String> expected = contract.violations(row).stream().map(Violation::toString).toList();
        broken += expected.isEmpty() ? 0 : 1;
        assertThat(violations(result.getArray(1)))
            .as("violations of %s, seed %d", printed(values), SEED)
            .isEqualTo(expected);
        for (int i = 0; i < contract.bindings().size(); i++) {
          String field = contract.bindings().get(i).field().name();
          assertThat(plain(result.getObject(i + 2)))
              .as("%s of %s, seed %d", field, printed(values), SEED)
              .isEqualTo(contract.value(field, row).orElse(null));
        }
      }
    }
    assertThat(at).isEqualTo(rows.size());
    assertThat(broken).as("rows that are sound, seed %d", SEED).isLessThan(at);
    assertThat(broken).as("rows that break a rule, seed %d", SEED).isPositive();
  }

  private static List<String> violations(@Nullable Array array) throws SQLException {
    return array == null
        ? List.of()
        : Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }

  private static Map<String, Object> printed(Map<String, Object> values) {
    Map<String, Object> printed = new TreeMap<>(values);
    printed.replaceAll((_, value) -> value instanceof byte[] b ? Arrays.toString(b) : value);
    return printed;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof OffsetDateTime time ? time.toInstant() : value;
  }

  private static void bind(PreparedStatement insert, int at, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      insert.setNull(at, Types.NULL);
    } else {
      insert.setObject(
          at, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }
  }

  private static String definitions(List<SourceColumn> columns) {
    return String.join(
        ", ", columns.stream().map(c -> Sql.name(c.name()) + " " + TYPES.get(c.shape())).toList());
  }

  /** One of each type that a column of the shape can hold, and of each need and domain. */
  private static List<Field> fields(Shape shape, boolean words) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("id", FieldType.TEXT, Need.REQUIRED, "key"));
    Shape meant = words ? Shape.TEXT : shape;
    boolean number =
        meant == Shape.TEXT
            || meant == Shape.WHOLE
            || meant == Shape.DECIMAL
            || meant == Shape.FLOATING;
    boolean time =
        List.of(Shape.TEXT, Shape.WHOLE, Shape.DATE, Shape.TIMESTAMP, Shape.LOCAL_TIMESTAMP)
                .contains(meant)
            && !(words && shape == Shape.WHOLE);
    boolean text = !List.of(Shape.DATE, Shape.TIMESTAMP, Shape.LOCAL_TIMESTAMP).contains(meant);
    for (Need need : List.of(Need.REQUIRED, Need.OPTIONAL)) {
      String end = need == Need.REQUIRED ? "_needed" : "_free";
      if (text) {
        fields.add(new Field("text" + end, FieldType.TEXT, need, "text"));
      }
      if (text && meant != Shape.DECIMAL) {
        fields.add(
            new Field(
                "word" + end,
                FieldType.TEXT,
                need,
                new Domain.Words(List.of("agent", "bot", "5", "true")),
                Field.Level.RECORD,
                Field.Basis.OWN,
                "word"));
      }
      if (time) {
        fields.add(new Field("time" + end, FieldType.TIMESTAMP, need, "time"));
      }
      if (number) {
        fields.add(ranged("number" + end, FieldType.NUMBER, need));
        fields.add(ranged("whole" + end, FieldType.INTEGER, need));
      }
    }
    return fields;
  }

  private static Field ranged(String name, FieldType type, Need need) {
    return new Field(
        name, type, need, new Domain.Range(0.5, 10), Field.Level.RECORD, Field.Basis.OWN, "number");
  }

  private static Feed feed(List<Field> fields, ZoneId zone, Map<String, String> words) {
    List<String> others = fields.stream().map(Field::name).filter(n -> !n.equals("id")).toList();
    RecordKind kind =
        new RecordKind("made", "Made", Family.TABLE, "made", fields, List.of("id"), others);
    Map<String, Origin> origins = new HashMap<>();
    for (Field field : fields) {
      if (!field.name().equals("id")) {
        Optional<EpochUnit> unit =
            field.type() == FieldType.TIMESTAMP && words.isEmpty()
                ? Optional.of(EpochUnit.SECONDS)
                : Optional.empty();
        origins.put(field.name(), new Origin(field.name(), unit, new TreeMap<>(words)));
      }
    }
    return new Feed(
            "made",
            "test.cloud.databricks.com",
            new TableName(Optional.of("main"), "voc", "made"),
            kind,
            List.of("id"),
            new Cursor("updated_at", Optional.of(zone), Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Duration.ofHours(1),
            Duration.ZERO,
            1_000)
        .mapped(Mapping.of(origins));
  }

  private Map<String, Object> row(List<SourceColumn> columns, Map<String, String> words) {
    Map<String, Object> row = new HashMap<>();
    boolean empty = random.nextInt(20) == 0;
    boolean calm = random.nextInt(3) == 0;
    for (SourceColumn column : columns) {
      if (column.name().equals("id")) {
        row.put("id", calm ? "id" : pick("", " \t", "\n", "id-1", "id-2", "id-3", "id-4"));
      } else if (calm) {
        row.put(column.name(), sound(column));
      } else if (!empty && random.nextInt(12) > 0) {
        row.put(column.name(), value(column, words));
      }
    }
    return row;
  }

  private Object sound(SourceColumn column) {
    return switch (column.shape()) {
      case TEXT -> column.name().startsWith("time") ? "2026-01-31T08:00:00Z" : "5";
      case WHOLE -> 5L;
      case DECIMAL -> BigDecimal.valueOf(50_000, 4);
      case FLOATING -> 5.0;
      case TRUTH -> true;
      case BYTES -> "agent".getBytes(StandardCharsets.UTF_8);
      default -> value(column, Map.of());
    };
  }

  private Object value(SourceColumn column, Map<String, String> words) {
    return switch (column.shape()) {
      case TEXT -> text(column.name(), words);
      case WHOLE ->
          pick(
              0L,
              1L,
              5L,
              11L,
              -1L,
              random.nextLong(),
              (long) random.nextInt(),
              253402300800L,
              1767225600L);
      case DECIMAL ->
          BigDecimal.valueOf(
              random.nextInt(8) == 0 ? random.nextLong() / 100 : random.nextInt(120_000), 4);
      case FLOATING ->
          pick(
              0.0,
              3.5,
              7.0,
              -2.0,
              1e300,
              Double.NaN,
              Double.POSITIVE_INFINITY,
              9007199254740994.0,
              2147483648.0,
              random.nextDouble() * 12,
              -0.0);
      case TRUTH -> random.nextBoolean();
      case DATE -> LocalDate.ofEpochDay(random.nextInt(40_000));
      case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
      case LOCAL_TIMESTAMP -> local();
      case BYTES -> bytes();
      default -> throw new AssertionError(column.shape());
    };
  }

  /** Many of them near a change of Lisbon's clocks. */
  private LocalDateTime local() {
    LocalDateTime change =
        random.nextBoolean()
            ? LocalDateTime.of(2026, 3, 29, 0, 30)
            : LocalDateTime.of(2026, 10, 25, 0, 30);
    return random.nextInt(3) > 0
        ? change.plusMinutes(random.nextInt(180))
        : LocalDateTime.ofEpochSecond(random.nextInt(), 0, ZoneOffset.UTC);
  }

  private Object text(String name, Map<String, String> words) {
    if (!words.isEmpty() && random.nextBoolean()) {
      String word = List.copyOf(words.keySet()).get(random.nextInt(words.size()));
      return pick(word, word.toUpperCase(java.util.Locale.ROOT), " " + word + "\n", word + "x");
    }
    if (name.startsWith("time")) {
      return time();
    }
    if (name.startsWith("number") || name.startsWith("whole")) {
      return pick(
          "1",
          "10",
          "0.5",
          "11",
          "-3",
          "+4",
          "1e1",
          "1E400",
          "5.",
          ".5",
          " 7 ",
          "7,5",
          "0x10",
          "NaN",
          "infinity",
          "1_000",
          "٣",
          "9.999",
          "2147483648",
          "",
          "--1",
          "5e-1",
          "00005");
    }
    return pick(
        "agent",
        " BOT ",
        "robot",
        "",
        "  ",
        "\u0000",
        "x\u0000y",
        "caf\u00e9",
        "\ud83d\ude00",
        "\u00a0",
        "'; DROP TABLE rows; --",
        "5",
        "true");
  }

  private Object time() {
    String date =
        pick(
                "2026-01-31",
                "2024-02-29",
                "2025-02-29",
                "0001-01-01",
                "9999-12-31",
                "0000-05-05",
                "2026-13-01",
                "2026-03-29",
                "2026-10-25",
                "26-01-01",
                "")
            .toString();
    String hour =
        pick(
                "",
                "T08:00:00",
                " 08:00",
                "t00:30:15.5",
                "T01:30:00.123456789",
                "T23:59:60",
                "T24:00:00",
                "T8:00:00",
                "T01:00:00.")
            .toString();
    String offset =
        pick("", "Z", "z", "+01:00", "-14:00", "+15:00", "+0100", " UTC", "+02").toString();
    return pick(
        date + hour + offset,
        date + hour + offset,
        date + hour + offset,
        "soon",
        " " + date + " ",
        "1767225600");
  }

  private byte[] bytes() {
    if (random.nextBoolean()) {
      return pick("agent", "", " ", "caf\u00e9", "x\u0000y")
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = random.nextInt(6); i > 0; i--) {
      bytes.write(random.nextInt(4) == 0 ? random.nextInt(256) : 'a');
    }
    return bytes.toByteArray();
  }

  private Object pick(Object... values) {
    return values[random.nextInt(values.length)];
  }
}
