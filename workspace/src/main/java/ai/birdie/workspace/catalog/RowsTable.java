package ai.birdie.workspace.catalog;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are made when it is read. For one statement.
 *
 * @param name its name
 * @param structure its columns
 * @param rows its rows: texts, numbers, and instants as microseconds
 */
record RowsTable(String name, StructType structure, Supplier<List<Object[]>> rows)
    implements SupportsRead {
  @Override
  public Column[] columns() {
    return CatalogV2Util.structTypeToV2Columns(structure, false);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return () -> new Rows(structure, rows);
  }

  private record Rows(StructType readSchema, Supplier<List<Object[]>> made) implements LocalScan {
    @Override
    public InternalRow[] rows() {
      return made.get().stream().map(Rows::internal).toArray(InternalRow[]::new);
    }

    private static InternalRow internal(@Nullable Object[] row) {
      @Nullable Object[] values = new @Nullable Object[row.length];
      for (int i = 0; i < row.length; i++) {
        values[i] = row[i] instanceof String text ? UTF8String.fromString(text) : row[i];
      }
      return new GenericInternalRow(values);
    }
  }
}
