package ai.birdie.duckdb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a query's answer, row by row. */
public interface RowSink {

  /** The columns' names; called once, before any row. */
  void columns(List<String> names);

  /**
   * One row's values in the order of the columns: null, or a {@code Boolean}, a {@code Number}, a
   * {@code String}, a {@link JsonText}, a {@code List}, or a {@code Map} of such. Dates, times, and
   * other types come as ISO 8601 or in DuckDB's own spelling.
   */
  void row(List<@Nullable Object> values);
}
