package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.util.CharVarcharUtils;
import org.apache.spark.sql.catalyst.util.QuotingUtils;
import org.apache.spark.sql.connector.catalog.Relation;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.catalog.DeltaTableV2;
import org.apache.spark.sql.delta.skipping.clustering.ClusteringColumnInfo;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * SHOW CREATE TABLE, which Delta refuses: a statement that makes a table of the same columns and
 * properties. Of a view Spark's own answer is good.
 *
 * @param name the relation's name, as written
 */
record ShowCreateTable(List<String> name) implements OwnStatement {
  private static final StructType COLUMNS =
      new StructType().add("createtab_stmt", DataTypes.StringType);

  /** What Delta sets itself, and lets nobody set as a property. */
  private static final Set<String> DELTAS_OWN =
      Set.of(
          "delta.columnMapping.maxColumnId",
          "delta.feature.clustering",
          "delta.rowTracking.materializedRowIdColumnName",
          "delta.rowTracking.materializedRowCommitVersionColumnName");

  static Optional<ShowCreateTable> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("SHOW", "CREATE", "TABLE")) {
      return Optional.empty();
    }
    List<String> name = tokens.name();
    tokens.end();
    return Optional.of(new ShowCreateTable(name));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    RelationName full = RelationName.of(name, session);
    Relation relation = full.load(session);
    if (relation instanceof DeltaTableV2 table) {
      Row row = RowFactory.create(statement(full, table));
      return session.spark().createDataFrame(List.of(row), COLUMNS);
    }
    return session.spark().sql("SHOW CREATE TABLE " + full.quoted());
  }

  private static String statement(RelationName name, DeltaTableV2 table) {
    Snapshot snapshot = table.initialSnapshot();
    List<String> clauses = new ArrayList<>();
    clauses.add(
        Stream.of(CharVarcharUtils.getRawSchema(snapshot.metadata().schema()).fields())
            .map(ShowCreateTable::column)
            .collect(
                Collectors.joining(
                    ",\n  ", "CREATE TABLE " + name.quotedIfNeeded() + " (\n  ", ")")));
    clauses.add("USING delta");
    columns("PARTITIONED BY", snapshot.metadata().partitionColumns()).ifPresent(clauses::add);
    columns("CLUSTER BY", ClusteringColumnInfo.extractLogicalNames(snapshot))
        .ifPresent(clauses::add);
    String comment = snapshot.metadata().description();
    if (comment != null) {
      clauses.add("COMMENT " + string(comment));
    }
    clauses.add(
        properties(table).entrySet().stream()
            .map(entry -> string(entry.getKey()) + " = " + string(entry.getValue()))
            .collect(Collectors.joining(",\n  ", "TBLPROPERTIES (\n  ", ")")));
    return String.join("\n", clauses) + "\n";
  }

  private static Map<String, String> properties(DeltaTableV2 table) {
    Map<String, String> properties =
        new TreeMap<>(
            CollectionConverters.asJava(table.initialSnapshot().metadata().configuration()));
    table
        .properties()
        .forEach((key, value) -> {
          boolean protocol = key.startsWith("delta.min") || key.startsWith("delta.feature.");
          if (protocol) {
            properties.put(key, value);
          }
        });
    properties.keySet().removeAll(DELTAS_OWN);
    return properties;
  }

  private static String column(StructField field) {
    StringBuilder column = new StringBuilder(QuotingUtils.quoteIfNeeded(field.name()));
    column.append(' ').append(field.dataType().sql());
    if (!field.nullable()) {
      column.append(" NOT NULL");
    }
    Metadata metadata = field.metadata();
    if (metadata.contains("delta.generationExpression")) {
      column
          .append(" GENERATED ALWAYS AS (")
          .append(metadata.getString("delta.generationExpression"))
          .append(')');
    } else if (metadata.contains("delta.identity.start")) {
      boolean byDefault = metadata.getBoolean("delta.identity.allowExplicitInsert");
      column
          .append(" GENERATED ")
          .append(byDefault ? "BY DEFAULT" : "ALWAYS")
          .append(" AS IDENTITY (START WITH ")
          .append(metadata.getLong("delta.identity.start"))
          .append(" INCREMENT BY ")
          .append(metadata.getLong("delta.identity.step"))
          .append(')');
    } else if (field.getCurrentDefaultValue().isDefined()) {
      column.append(" DEFAULT ").append(field.getCurrentDefaultValue().get());
    }
    if (field.getComment().isDefined()) {
      column.append(" COMMENT ").append(string(field.getComment().get()));
    }
    return column.toString();
  }

  private static Optional<String> columns(
      String clause, scala.collection.immutable.Seq<String> names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CollectionConverters.asJava(names).stream()
                .map(QuotingUtils::quoteIfNeeded)
                .collect(Collectors.joining(", ", clause + " (", ")")));
  }

  private static String string(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
