package ai.birdie.workspace.engine;

import ai.birdie.workspace.statement.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Spark's types in the words of a manifest. */
final class ColumnTypes {
  private ColumnTypes() {}

  static List<Column> columns(StructType schema) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      Optional<Column.Decimal> decimal =
          field.dataType() instanceof DecimalType type
              ? Optional.of(new Column.Decimal(type.precision(), type.scale()))
              : Optional.empty();
      columns.add(
          new Column(
              field.name(),
              text(field.dataType()),
              name(field.dataType()),
              decimal,
              interval(field.dataType())));
    }
    return columns;
  }

  private static String text(DataType type) {
    return switch (type) {
      case ArrayType array -> "ARRAY<" + text(array.elementType()) + ">";
      case MapType map -> "MAP<" + text(map.keyType()) + ", " + text(map.valueType()) + ">";
      case StructType struct ->
          Stream.of(struct.fields())
              .map(field -> quoted(field.name()) + ": " + text(field.dataType()))
              .collect(Collectors.joining(", ", "STRUCT<", ">"));
      case DecimalType decimal -> "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
      default -> type.sql().toUpperCase(Locale.ROOT);
    };
  }

  private static String name(DataType type) {
    return switch (type) {
      case ArrayType array -> "ARRAY";
      case MapType map -> "MAP";
      case StructType struct -> "STRUCT";
      case DecimalType decimal -> "DECIMAL";
      case DayTimeIntervalType interval -> "INTERVAL";
      case YearMonthIntervalType interval -> "INTERVAL";
      case NullType none -> "NULL";
      case VariantType variant -> "VARIANT";
      default -> {
        if (type.equals(DataTypes.ByteType)) {
          yield "BYTE";
        } else if (type.equals(DataTypes.ShortType)) {
          yield "SHORT";
        } else if (type.equals(DataTypes.LongType)) {
          yield "LONG";
        } else {
          yield text(type).replaceAll("\\(.*", "");
        }
      }
    };
  }

  private static Optional<String> interval(DataType type) {
    boolean interval = type instanceof YearMonthIntervalType || type instanceof DayTimeIntervalType;
    return interval ? Optional.of(text(type).substring("INTERVAL ".length())) : Optional.empty();
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
  }
}
