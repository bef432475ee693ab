package ai.birdie.workspace.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.GeographyType;
import org.apache.spark.sql.types.GeometryType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/** Spark's values in the forms in which Databricks sends them. */
final class WireValues {
  private static final Map<String, String> WITH_NULLS = Map.of("ignoreNullFields", "false");

  private WireValues() {}

  /** The same rows, with every value a text or null. The names of the columns are not kept. */
  static Dataset<Row> texts(Dataset<Row> rows) {
    return converted(rows, WireValues::text);
  }

  /**
   * The same rows, of values that Arrow has types for: a VARIANT is its JSON, however deep it is
   * nested, since Spark's Arrow would show how it is stored.
   */
  static Dataset<Row> forArrow(Dataset<Row> rows) {
    boolean asTheyAre =
        Stream.of(rows.schema().fields()).map(StructField::dataType).allMatch(WireValues::isNative);
    if (asTheyAre) {
      return rows;
    }
    return converted(rows, WireValues::arrow).toDF(rows.schema().fieldNames());
  }

  private static Dataset<Row> converted(
      Dataset<Row> rows, BiFunction<Column, DataType, Column> conversion) {
    StructField[] fields = rows.schema().fields();
    // Names may repeat; positions do not.
    String[] positions = new String[fields.length];
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      positions[i] = "c" + i;
      Column column = functions.col(positions[i]);
      columns.add(conversion.apply(column, fields[i].dataType()).as(positions[i]));
    }
    return rows.toDF(positions).select(columns.toArray(new Column[0]));
  }

  private static Column text(Column column, DataType type) {
    if (type.equals(DataTypes.TimestampType)) {
      return functions.date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    } else if (type.equals(DataTypes.TimestampNTZType)) {
      return functions.date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSS");
    } else if (type.equals(DataTypes.BinaryType)) {
      return functions.base64(column);
    }
    return switch (type) {
      case ArrayType array -> functions.to_json(column, WITH_NULLS);
      case MapType map -> functions.to_json(column, WITH_NULLS);
      case StructType struct -> functions.to_json(column, WITH_NULLS);
      case VariantType variant -> functions.to_json(column, WITH_NULLS);
      case GeometryType geometry -> functions.base64(wellKnownBinary(column));
      case GeographyType geography -> functions.base64(wellKnownBinary(column));
      default -> column.cast(DataTypes.StringType);
    };
  }

  private static Column arrow(Column column, DataType type) {
    if (isNative(type)) {
      return column;
    }
    return switch (type) {
      case ArrayType array ->
          functions.transform(column, element -> arrow(element, array.elementType()));
      case MapType map ->
          functions.transform_values(column, (key, value) -> arrow(value, map.valueType()));
      case StructType struct -> {
        Column[] fields =
            Stream.of(struct.fields())
                .map(field ->
                    arrow(column.getField(field.name()), field.dataType()).as(field.name()))
                .toArray(Column[]::new);
        yield functions.when(column.isNotNull(), functions.struct(fields));
      }
      case VariantType variant -> functions.to_json(column, WITH_NULLS);
      default -> wellKnownBinary(column);
    };
  }

  private static boolean isNative(DataType type) {
    return switch (type) {
      case ArrayType array -> isNative(array.elementType());
      case MapType map -> isNative(map.valueType());
      case StructType struct ->
          Stream.of(struct.fields()).map(StructField::dataType).allMatch(WireValues::isNative);
      case VariantType variant -> false;
      case GeometryType geometry -> false;
      case GeographyType geography -> false;
      default -> true;
    };
  }

  /** Spark has no text of a shape. */
  private static Column wellKnownBinary(Column column) {
    return functions.call_function("st_asbinary", column);
  }
}
