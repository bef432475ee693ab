package ai.birdie.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.birdie.testkit.LocalWorkspace;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's JDBC driver, in its mode for the statement execution API. */
@ExtendWith(Served.class)
final class JdbcIT {
  private static final String ENDLESS =
      "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1";

  private final LocalWorkspace workspace;

  JdbcIT(LocalWorkspace workspace) {
    this.workspace = workspace;
  }

  @Test
  void connectsByPersonalAccessToken() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace)) {
      assertThat(connection.isValid(5)).isTrue();
      assertThat(Jdbc.query(connection, "SELECT current_user()"))
          .containsExactly(List.of("reader@example.com"));
    }
  }

  @Test
  void connectsByIdAndSecret() throws SQLException {
    try (Connection connection = Jdbc.servicePrincipal(workspace)) {
      assertThat(Jdbc.query(connection, "SELECT count(*) FROM main.feedback.nps"))
          .containsExactly(List.of(Integer.toString(Served.ROWS)));
    }
  }

  @Test
  void wrongTokenIsRefused() {
    assertThatThrownBy(() -> Jdbc.byToken(workspace, "dapi00").close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Invalid access token");
  }

  @Test
  void connectionKeepsItsSetting() throws SQLException {
    try (Connection connection =
        Jdbc.reader(workspace, "ConnCatalog=main", "ConnSchema=feedback")) {
      assertThat(connection.getCatalog()).isEqualTo("main");
      assertThat(Jdbc.query(connection, "SELECT current_schema(), count(*) FROM nps"))
          .containsExactly(List.of("feedback", Integer.toString(Served.ROWS)));
    }
  }

  @Test
  void parametersOfAllSortsAreBound() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace);
        PreparedStatement statement =
            connection.prepareStatement("SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?")) {
      statement.setByte(1, (byte) -128);
      statement.setShort(2, (short) -32768);
      statement.setInt(3, Integer.MIN_VALUE);
      statement.setLong(4, Long.MAX_VALUE);
      statement.setFloat(5, 0.1f);
      statement.setDouble(6, Double.MIN_VALUE);
      statement.setBigDecimal(7, new BigDecimal("12345678901234567890.123456789012345678"));
      statement.setBoolean(8, true);
      statement.setString(9, "it's ? \\ \"Ü\" 😀");
      statement.setDate(10, Date.valueOf("2024-02-29"));
      statement.setTimestamp(11, Timestamp.valueOf("2026-01-01 00:00:00.123456"));
      statement.setNull(12, Types.INTEGER);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getObject(1)).isEqualTo((byte) -128);
        assertThat(row.getShort(2)).isEqualTo((short) -32768);
        assertThat(row.getInt(3)).isEqualTo(Integer.MIN_VALUE);
        assertThat(row.getLong(4)).isEqualTo(Long.MAX_VALUE);
        assertThat(row.getFloat(5)).isEqualTo(0.1f);
        assertThat(row.getDouble(6)).isEqualTo(Double.MIN_VALUE);
        assertThat(row.getBigDecimal(7))
            .isEqualTo(new BigDecimal("12345678901234567890.123456789012345678"));
        assertThat(row.getBoolean(8)).isTrue();
        assertThat(row.getString(9)).isEqualTo("it's ? \\ \"Ü\" 😀");
        assertThat(row.getDate(10)).isEqualTo(Date.valueOf("2024-02-29"));
        assertThat(row.getTimestamp(11)).isEqualTo(Timestamp.valueOf("2026-01-01 00:00:00.123456"));
        assertThat(row.getObject(12)).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EnableQueryResultLZ4Compression=1",
        "EnableQueryResultLZ4Compression=0",
        "EnableQueryResultDownload=0"
      })
  void largeResultsComeWholeAndInOrder(String option) throws SQLException {
    int rows = 60 * Served.CHUNK_ROWS + 1;
    try (Connection connection = Jdbc.reader(workspace, option);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT id, repeat('x', 50) AS text FROM range(" + rows + ") ORDER BY id")) {
      for (long i = 0; i < rows; i++) {
        assertThat(result.next()).isTrue();
        assertThat(result.getLong(1)).isEqualTo(i);
      }
      assertThat(result.next()).isFalse();
    }
  }

  @Test
  void emptyResultHasItsColumns() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT feedback_id, rating FROM main.feedback.nps LIMIT 0")) {
      ResultSetMetaData columns = result.getMetaData();
      assertThat(columns.getColumnCount()).isEqualTo(2);
      assertThat(columns.getColumnName(1)).isEqualTo("feedback_id");
      assertThat(columns.getColumnType(1)).isEqualTo(Types.VARCHAR);
      assertThat(result.next()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42P01 | SELECT * FROM main.feedback.nowhere",
        "42601 | SELEC 1",
        "42703 | SELECT nothing FROM main.feedback.nps",
        "42501 | SELECT * FROM main.default.secret",
        "42501 | INSERT INTO main.feedback.nps SELECT * FROM main.feedback.nps",
        "22012 | SELECT 1 / 0",
        "22018 | SELECT CAST('x' AS INT)"
      })
  void errorsHaveTheirSqlState(String sqlState, String sql) throws SQLException {
    workspace.sql("CREATE TABLE IF NOT EXISTS main.default.secret (id INT)");
    try (Connection connection = Jdbc.reader(workspace);
        Statement statement = connection.createStatement()) {
      SQLException thrown =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery(sql));
      assertThat(thrown.getSQLState()).isEqualTo(sqlState);
      assertThat((Throwable) thrown).hasMessageNotContaining("\tat ");
    }
  }

  @Test
  void statementTimesOut() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace, "EnableDirectResults=0");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
          .isInstanceOf(SQLTimeoutException.class);
      statement.setQueryTimeout(0);
      assertThat(Jdbc.query(connection, "SELECT 1")).containsExactly(List.of("1"));
    }
  }

  @Test
  @Timeout(120)
  void anotherThreadCancels() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace, "EnableDirectResults=0");
        Statement statement = connection.createStatement()) {
      CompletableFuture<SQLException> failure =
          CompletableFuture.supplyAsync(() ->
              catchThrowableOfType(SQLException.class, () -> statement.executeQuery(ENDLESS)));
      while (!failure.isDone()) {
        // It does nothing until the driver knows the statement's id.
        statement.cancel();
      }
      assertThat((Throwable) failure.join()).hasMessageContaining("was cancelled");
      assertThat(Jdbc.query(connection, "SELECT 1")).containsExactly(List.of("1"));
    }
  }

  @Test
  void updatesAndBatchesAreCounted() throws SQLException {
    try (Connection connection = Jdbc.admin(workspace)) {
      Jdbc.execute(connection, "CREATE OR REPLACE TABLE main.default.counted (i INT, s STRING)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO main.default.counted VALUES (?, ?)")) {
        for (int i = 0; i < 3; i++) {
          insert.setInt(1, i);
          insert.setString(2, "row " + i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
      }
      try (Statement statement = connection.createStatement()) {
        assertThat(
                statement.executeUpdate(
                    "INSERT INTO main.default.counted SELECT id + 3, 'more' FROM range(4)"))
            .isEqualTo(4);
        assertThat(
                statement.executeUpdate(
                    "INSERT OVERWRITE main.default.counted SELECT * FROM main.default.counted"
                        + " WHERE i < 3"))
            .isEqualTo(3);
        assertThat(statement.executeUpdate("UPDATE main.default.counted SET s = 'x' WHERE i > 0"))
            .isEqualTo(2);
        assertThat(statement.executeUpdate("DELETE FROM main.default.counted WHERE i = 0"))
            .isEqualTo(1);
      }
      assertThat(Jdbc.query(connection, "SELECT * FROM main.default.counted ORDER BY i"))
          .containsExactly(List.of("1", "x"), List.of("2", "x"));
    }
  }

  @Test
  void closedConnectionIsOfNoUse() throws SQLException {
    Connection connection = Jdbc.reader(workspace);
    Statement statement = connection.createStatement();
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
  }
}
