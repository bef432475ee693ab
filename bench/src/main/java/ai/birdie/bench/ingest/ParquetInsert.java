package ai.birdie.bench.ingest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB inserts the same rows from a local file. */
final class ParquetInsert {

  private ParquetInsert() {}

  /** Arguments: a database to be made, and a Parquet file. */
  public static void main(String[] arguments) throws SQLException {
    String parquet = "read_parquet('" + arguments[1] + "')";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS FROM " + parquet + " LIMIT 0");
      new Counted(statement.executeLargeUpdate("INSERT INTO t FROM " + parquet), 0).print();
    }
  }
}
