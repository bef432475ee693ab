package ai.birdie.bench.ingest;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * What a program does that has nothing but the two drivers: each value of each row is carried over.
 */
final class VendorAppend {

  private static final String TABLE =
      """
      CREATE TABLE t (
        feedback_id VARCHAR, rating INTEGER, text VARCHAR, posted_at TIMESTAMPTZ,
        updated_at TIMESTAMPTZ, account_id VARCHAR, author_id VARCHAR, survey_title VARCHAR,
        ticket_id VARCHAR, language VARCHAR, url VARCHAR, revenue DECIMAL(12,2),
        attributes VARCHAR, response_millis BIGINT, sentiment DOUBLE)
      """;

  private VendorAppend() {}

  /** Arguments: the server's address, and a database to be made. */
  public static void main(String[] arguments) throws SQLException {
    long rows = 0;
    try (var duckdb =
            (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + arguments[1]);
        Statement ddl = duckdb.createStatement();
        Connection connection = VendorDriver.connect(arguments[0]);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(VendorDriver.ALL)) {
      ddl.execute(TABLE);
      int columns = result.getMetaData().getColumnCount();
      try (DuckDBAppender appender = duckdb.createAppender("main", "t")) {
        while (result.next()) {
          appender.beginRow();
          for (int i = 1; i <= columns; i++) {
            append(appender, result.getObject(i));
          }
          appender.endRow();
          rows++;
        }
      }
    }
    new Counted(rows, 0).print();
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    switch (value) {
      case null -> appender.appendNull();
      case String text -> appender.append(text);
      case Integer number -> appender.append(number.intValue());
      case Long number -> appender.append(number.longValue());
      case Double number -> appender.append(number.doubleValue());
      case BigDecimal number -> appender.append(number);
      case Timestamp time -> appender.append(time.toInstant().atOffset(ZoneOffset.UTC));
      default -> throw new IllegalStateException("Not expected: " + value.getClass());
    }
  }
}
