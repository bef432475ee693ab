package ai.birdie.workspace.engine;

import ai.birdie.workspace.catalog.Relation;
import ai.birdie.workspace.catalog.RelationDetail;
import ai.birdie.workspace.catalog.RelationDetail.ColumnDetail;
import ai.birdie.workspace.catalog.RelationDetails;
import ai.birdie.workspace.statement.Column;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of tables from Delta's log, and of views from what is kept of them. */
final class SparkRelationDetails implements RelationDetails {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;

  SparkRelationDetails(SparkSession spark) {
    this.spark = spark;
  }

  @Override
  public RelationDetail of(Relation relation) {
    return switch (relation) {
      case Relation.DeltaTable table ->
          new RelationDetail(
              columns(spark.read().format("delta").load(table.location()).schema()),
              Map.of(),
              lastCommit(Path.of(table.location(), "_delta_log")));
      case Relation.StoredView view ->
          new RelationDetail(
              columns((StructType) DataType.fromJson(view.schemaJson())),
              view.properties(),
              Instant.EPOCH);
    };
  }

  private static List<ColumnDetail> columns(StructType schema) {
    List<Column> described = ColumnTypes.columns(schema);
    JsonNode fieldsAsJson = json(schema).path("fields");
    List<ColumnDetail> columns = new ArrayList<>();
    for (int i = 0; i < described.size(); i++) {
      StructField field = schema.fields()[i];
      Column column = described.get(i);
      columns.add(
          new ColumnDetail(
              field.name(),
              field.dataType().catalogString(),
              column.typeName(),
              fieldsAsJson.get(i).toString(),
              column.decimal().map(Column.Decimal::precision).orElse(0),
              column.decimal().map(Column.Decimal::scale).orElse(0),
              field.nullable(),
              field.getComment().getOrElse(() -> "")));
    }
    return columns;
  }

  private static JsonNode json(StructType schema) {
    try {
      return JSON.readTree(schema.json());
    } catch (IOException e) {
      throw new UncheckedIOException("Spark's schema is not JSON", e);
    }
  }

  private static Instant lastCommit(Path log) {
    try (Stream<Path> files = Files.list(log)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .map(file -> file.toFile().lastModified())
          .max(Long::compare)
          .map(Instant::ofEpochMilli)
          .orElse(Instant.EPOCH);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look through " + log, e);
    }
  }
}
