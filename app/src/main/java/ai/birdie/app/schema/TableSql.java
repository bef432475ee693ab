package ai.birdie.app.schema;

import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Databricks' SQL with which an administrator makes a table of a kind, or a view over a table of
 * another form. Nothing of it is sent anywhere by Birdie.
 */
public final class TableSql {

  private static final String SCHEMA = "main.feedback.";
  private static final Field CURSOR =
      new Field(
          "updated_at",
          FieldType.TIMESTAMP,
          Field.Need.REQUIRED,
          "when the row was added or last changed: the file's partition_column");
  private static final Field OWN_KEY =
      new Field(
          "id",
          FieldType.TEXT,
          Field.Need.REQUIRED,
          "what identifies a row: name it in the file's ingestion.key");

  private TableSql() {}

  /** The statements that make a table, each without a semicolon. */
  public static List<String> table(RecordKind kind) {
    List<Field> fields = fields(kind);
    String columns =
        fields.stream().map(TableSql::column).collect(Collectors.joining(",\n", "(\n", "\n)"));
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE %s %s\nCOMMENT %s\nTBLPROPERTIES (delta.enableChangeDataFeed = true)"
            .formatted(name(kind), columns, text(kind.meaning())));
    fields.forEach(field -> statements.addAll(constraint(kind, field)));
    if (!kind.anyOf().isEmpty()) {
      String any =
          kind.anyOf().stream()
              .map(name -> Identifiers.quote(name) + " IS NOT NULL")
              .collect(Collectors.joining(" OR "));
      statements.add(check(kind, String.join("_or_", kind.anyOf()), any));
    }
    return statements;
  }

  /** A statement that makes a view, with places for the columns of the table below it. */
  public static String view(RecordKind kind) {
    String columns =
        fields(kind).stream()
            .map(field ->
                "  %s COMMENT %s".formatted(Identifiers.quote(field.name()), text(about(field))))
            .collect(Collectors.joining(",\n", "(\n", "\n)"));
    String selected =
        fields(kind).stream()
            .map(field ->
                "  CAST(NULL AS %s) AS %s"
                    .formatted(type(field.type()), Identifiers.quote(field.name())))
            .collect(Collectors.joining(",\n"));
    return """
    -- Put your table's columns in place of each NULL, and its name in place of your_table.
    -- What the kind does not know may follow, under its own names.
    CREATE VIEW %s %s
    COMMENT %s
    AS SELECT
    %s
    FROM main.feedback.your_table\
    """
        .formatted(name(kind), columns, text(kind.meaning()), selected);
  }

  /** The kind's fields, and the columns that a table needs besides. */
  private static List<Field> fields(RecordKind kind) {
    List<Field> fields = new ArrayList<>(kind.asItIs() ? List.of(OWN_KEY) : kind.fields());
    if (kind.field(CURSOR.name()).isEmpty()) {
      fields.add(CURSOR);
    }
    return fields;
  }

  private static String name(RecordKind kind) {
    return SCHEMA + Identifiers.quote(kind.id());
  }

  private static String column(Field field) {
    return "  %s %s%s COMMENT %s"
        .formatted(
            Identifiers.quote(field.name()),
            type(field.type()),
            field.mustBeThere() ? " NOT NULL" : "",
            text(about(field)));
  }

  private static String about(Field field) {
    return field.meaning() + (field.mustBeThere() ? " (required)" : "");
  }

  private static List<String> constraint(RecordKind kind, Field field) {
    String column = Identifiers.quote(field.name());
    boolean filled = field.type() == FieldType.TEXT && field.mustBeThere();
    return switch (field.domain()) {
      case Domain.Range(double from, double to) ->
          List.of(
              check(
                  kind,
                  field.name(),
                  "%s BETWEEN %s AND %s"
                      .formatted(column, KindDocument.number(from), KindDocument.number(to))));
      case Domain.Words(List<String> words) ->
          List.of(
              check(
                  kind,
                  field.name(),
                  "lower(trim(%s)) IN (%s)"
                      .formatted(
                          column,
                          words.stream().map(TableSql::text).collect(Collectors.joining(", ")))));
      case Domain.Any _ when filled ->
          List.of(check(kind, field.name(), "trim(" + column + ") <> ''"));
      case Domain.Any _ -> List.of();
    };
  }

  private static String check(RecordKind kind, String of, String condition) {
    return "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s)"
        .formatted(name(kind), Identifiers.quote(of + "_is_sound"), condition);
  }

  private static String type(FieldType type) {
    return switch (type) {
      case TEXT -> "STRING";
      case TIMESTAMP -> "TIMESTAMP";
      case INTEGER -> "INT";
      case NUMBER -> "DOUBLE";
    };
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
