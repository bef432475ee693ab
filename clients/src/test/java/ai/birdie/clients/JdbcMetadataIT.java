package ai.birdie.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.testkit.LocalWorkspace;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the vendor's JDBC driver finds out about the workspace. */
@ExtendWith(Served.class)
final class JdbcMetadataIT {
  private final LocalWorkspace workspace;

  JdbcMetadataIT(LocalWorkspace workspace) {
    this.workspace = workspace;
  }

  @Test
  void schemasAndTablesAreListed() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace)) {
      DatabaseMetaData metadata = connection.getMetaData();
      try (ResultSet schemas = metadata.getSchemas("main", "feed%")) {
        assertThat(schemas.next()).isTrue();
        assertThat(schemas.getString("TABLE_SCHEM")).isEqualTo("feedback");
        assertThat(schemas.getString("TABLE_CATALOG")).isEqualTo("main");
        assertThat(schemas.next()).isFalse();
      }
      try (ResultSet tables = metadata.getTables("main", "feedback", "n_s", null)) {
        assertThat(tables.next()).isTrue();
        assertThat(tables.getString("TABLE_NAME")).isEqualTo("nps");
        assertThat(tables.getString("TABLE_TYPE")).isEqualTo("TABLE");
        assertThat(tables.next()).isFalse();
      }
      try (ResultSet none = metadata.getTables("nowhere", "%", "%", null)) {
        assertThat(none.next()).isFalse();
      }
    }
  }

  @Test
  void columnsAreDescribed() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace);
        ResultSet columns =
            connection.getMetaData().getColumns("main", "feedback", "nps", "basket_value")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("DECIMAL");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DECIMAL);
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(2);
      assertThat(columns.getString("IS_NULLABLE")).isEqualTo("YES");
      assertThat(columns.getInt("ORDINAL_POSITION")).isPositive();
      assertThat(columns.next()).isFalse();
    }
  }

  @Test
  void keysAndFunctionsAreNone() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace)) {
      DatabaseMetaData metadata = connection.getMetaData();
      try (ResultSet keys = metadata.getPrimaryKeys("main", "feedback", "nps")) {
        assertThat(keys.next()).isFalse();
      }
      try (ResultSet keys = metadata.getImportedKeys("main", "feedback", "nps")) {
        assertThat(keys.next()).isFalse();
      }
      try (ResultSet functions = metadata.getFunctions("main", "%", "%")) {
        assertThat(functions.next()).isFalse();
      }
      try (ResultSet types = metadata.getTypeInfo()) {
        assertThat(types.next()).isTrue();
      }
    }
  }
}
