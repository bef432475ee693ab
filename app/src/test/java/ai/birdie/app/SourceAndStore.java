package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.Surroundings;
import ai.birdie.databricks.sql.Column;
import ai.birdie.duckdb.RowSink;
import ai.birdie.duckdb.StoreReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a table with what the store holds of it, in all columns and as multisets: each side
 * turns its rows into text by its own SQL, and neither goes through the code that moved them.
 */
public final class SourceAndStore {

  private final String feed;
  private final List<Column> columns;
  private final List<String> source;

  private SourceAndStore(String feed, List<Column> columns, List<String> source) {
    this.feed = feed;
    this.columns = columns;
    this.source = source;
  }

  /** Fails unless the store holds exactly the rows that the connection's one table has now. */
  public static void assertEqual(Path connectionFile, Path home) {
    of(connectionFile).assertHeldBy(home);
  }

  /** The rows that the connection's one table has now. */
  public static SourceAndStore of(Path connectionFile) {
    return of(connectionFile, 8);
  }

  /** The rows that a table of a few has now. */
  static SourceAndStore ofFew(Path connectionFile) {
    return of(connectionFile, 1);
  }

  /** In parts, because small results are limited to 25 MiB. */
  private static SourceAndStore of(Path connectionFile, int parts) {
    Connection connection = new ConnectionFiles(Map.of(), HostRule.LOCAL).read(connectionFile);
    try (DatabricksWorkspace workspace =
        DatabricksWorkspace.open(
            connection.workspace(), Surroundings.ofThisMachine(), RunListener.NONE)) {
      List<Column> columns = workspace.columns(connection.table());
      return new SourceAndStore(
          connection.feeds().getFirst().name(),
          columns,
          source(workspace, connection, columns, parts));
    }
  }

  /** Fails unless a store holds exactly these rows. */
  public void assertHeldBy(Path home) {
    assertThat(store(home, feed, columns)).hasSameSizeAs(source).isEqualTo(source);
  }

  private static List<String> source(
      DatabricksWorkspace workspace, Connection connection, List<Column> columns, int parts) {
    String table =
        connection.table().parts().stream()
            .map(part -> "`" + part + "`")
            .collect(Collectors.joining("."));
    List<String> rows = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      String sql =
          "SELECT concat_ws('|', %s) AS row FROM %s WHERE pmod(%s, %d) = %d"
              .formatted(
                  columns.stream()
                      .map(c -> "coalesce(" + spark(c) + ", '~')")
                      .collect(Collectors.joining(", ")),
                  table,
                  "xxhash64(" + spark(columns.getFirst()) + ")",
                  parts,
                  part);
      workspace.query(sql, List.of()).forEach(row -> rows.add(row.getFirst().orElse("~")));
    }
    rows.sort(Comparator.naturalOrder());
    return rows;
  }

  private static List<String> store(Path home, String feed, List<Column> columns) {
    List<String> rows = new ArrayList<>();
    try (StoreReader reader = StoreReader.open(home)) {
      String landing = landing(reader, feed);
      String sql =
          "SELECT concat_ws('|', %s) FROM %s"
              .formatted(
                  columns.stream()
                      .map(c -> "coalesce(" + duckdb(c) + ", '~')")
                      .collect(Collectors.joining(", ")),
                  landing);
      reader.query(sql, each(row -> rows.add(String.valueOf(row.getFirst()))));
    }
    rows.sort(Comparator.naturalOrder());
    return rows;
  }

  /** The table in which a feed's rows lie. */
  static String landing(StoreReader reader, String feed) {
    List<String> names = new ArrayList<>();
    reader.query(
        "SELECT feed || '.' || id FROM birdie.history WHERE state = 'CURRENT' AND feed = '"
            + feed
            + "'",
        each(row -> names.add(String.valueOf(row.getFirst()))));
    return "landing.\"" + names.getFirst() + "\"";
  }

  private static String spark(Column column) {
    String name = "`" + column.name().replace("`", "``") + "`";
    String type = column.typeText();
    if (type.equals("TIMESTAMP")) {
      return "CAST(unix_micros(" + name + ") AS STRING)";
    }
    if (type.equals("TIMESTAMP_NTZ")) {
      return "date_format(" + name + ", 'yyyy-MM-dd HH:mm:ss.SSSSSS')";
    }
    if (type.equals("BINARY")) {
      return "hex(" + name + ")";
    }
    if (type.startsWith("MAP")) {
      return "to_json(map_from_entries(array_sort(map_entries(" + name + "))))";
    }
    if (type.startsWith("ARRAY") || type.startsWith("STRUCT")) {
      return "to_json(" + name + ", map('ignoreNullFields', 'false'))";
    }
    if (type.equals("DOUBLE") || type.equals("FLOAT")) {
      return "CAST(CAST(" + name + " AS DECIMAL(30, 10)) AS STRING)";
    }
    return "CAST(" + name + " AS STRING)";
  }

  private static String duckdb(Column column) {
    String name = "\"" + column.name().replace("\"", "\"\"") + "\"";
    String type = column.typeText();
    if (type.equals("TIMESTAMP")) {
      return "CAST(epoch_us(" + name + ") AS VARCHAR)";
    }
    if (type.equals("TIMESTAMP_NTZ")) {
      return "strftime(" + name + ", '%Y-%m-%d %H:%M:%S.%f')";
    }
    if (type.equals("BINARY")) {
      return "hex(" + name + ")";
    }
    if (type.startsWith("MAP")) {
      return "CAST(to_json(map_from_entries(list_sort(map_entries(" + name + ")))) AS VARCHAR)";
    }
    if (type.startsWith("ARRAY") || type.startsWith("STRUCT")) {
      return "CAST(to_json(" + name + ") AS VARCHAR)";
    }
    if (type.equals("DOUBLE") || type.equals("FLOAT")) {
      return "CAST(CAST(" + name + " AS DECIMAL(30, 10)) AS VARCHAR)";
    }
    return "CAST(" + name + " AS VARCHAR)";
  }

  /** Something to do with each row. */
  public interface Row {
    void accept(List<@Nullable Object> values);
  }

  public static RowSink each(Row row) {
    return new RowSink() {
      @Override
      public void columns(List<String> names) {}

      @Override
      public void row(List<@Nullable Object> values) {
        row.accept(values);
      }
    };
  }
}
