package ai.birdie.workspace.sample;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** A row of Java values, with lists and maps in the form that Spark's encoder takes. */
final class SparkRow {
  private SparkRow() {}

  static Row of(@Nullable Object... values) {
    @Nullable Object[] converted = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      converted[i] =
          switch (values[i]) {
            case List<?> list -> CollectionConverters.asScala(list).toSeq();
            case Map<?, ?> map -> CollectionConverters.asScala(map);
            case null -> null;
            default -> values[i];
          };
    }
    return RowFactory.create(converted);
  }
}
