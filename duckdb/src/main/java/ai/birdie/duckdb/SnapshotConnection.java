package ai.birdie.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection, beside the one that writes, which sees one committed state of the store, holds no
 * result in memory, and cannot change anything. Used by one thread, but for {@link #cancel}.
 */
final class SnapshotConnection implements AutoCloseable {

  private static final String IS_NO_QUERY =
      """
      SELECT tree->>'error_type' IS DISTINCT FROM 'parser'
        AND (tree->>'error' = 'true' OR json_array_length(tree, '$.statements') <> 1)
      FROM (SELECT json_serialize_sql(?) AS tree)
      """;

  private final DuckDBConnection connection;

  /** Says why a statement fails; of one that streams its result, the driver does not know. */
  private final DuckDBConnection explaining;

  private volatile @Nullable Statement running;

  private SnapshotConnection(DuckDBConnection connection, DuckDBConnection explaining) {
    this.connection = connection;
    this.explaining = explaining;
  }

  /** Another connection to what {@code writer} writes to, while its settings can be changed. */
  static SnapshotConnection beside(DuckDBConnection writer) throws SQLException {
    DuckDBConnection connection = writer.duplicate();
    try {
      Database.run(connection, "SET SESSION jdbc_stream_results = true");
      Database.run(
          connection, "SET SESSION preserve_insertion_order = true"); // else ORDER BY is not kept
      return new SnapshotConnection(connection, writer.duplicate());
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** From now on, what is committed now is seen. */
  void begin() throws SQLException {
    Database.run(connection, "BEGIN TRANSACTION READ ONLY");
  }

  /**
   * A statement for one query; the caller closes it.
   *
   * @throws SQLException if it is anything else: what ends the transaction could then change things
   */
  PreparedStatement prepare(Question question) throws SQLException {
    try (PreparedStatement statement = Database.prepare(connection, IS_NO_QUERY, question.sql());
        ResultSet result = statement.executeQuery()) {
      if (result.next() && result.getBoolean(1)) {
        throw new SQLException(
            "while another process writes, only one SELECT is answered at a time");
      }
    }
    return prepare(connection, question);
  }

  private PreparedStatement prepare(DuckDBConnection on, Question question) throws SQLException {
    PreparedStatement statement =
        Database.prepare(on, question.sql(), question.parameters().toArray());
    running = statement;
    return statement;
  }

  /** Interrupts the statement that runs, if one does. May be called by any thread. */
  void cancel() throws SQLException {
    Statement statement = running;
    if (statement != null) {
      statement.cancel();
    }
  }

  /**
   * Why a question failed, by failing once more where the engine's own words are kept, and no rows.
   */
  String reason(Question question, SQLException failure) {
    String said = String.valueOf(failure.getMessage());
    if (!said.contains("Invalid result set")) {
      return said;
    }
    try {
      Database.run(explaining, "BEGIN TRANSACTION READ ONLY");
      var discarding = new Question("EXPLAIN ANALYZE " + question.sql(), question.parameters());
      try (PreparedStatement statement = prepare(explaining, discarding)) {
        statement.executeQuery().close();
        return said;
      } finally {
        Database.run(explaining, "ROLLBACK");
      }
    } catch (SQLException again) {
      return String.valueOf(again.getMessage());
    }
  }

  void end() throws SQLException {
    running = null;
    Database.run(connection, "ROLLBACK");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    explaining.close();
  }
}
