package ai.birdie.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.testkit.LocalWorkspace;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
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
  void catalogsAndAllTheirSchemasAreListed() throws SQLException {
    workspace.sql("CREATE CATALOG IF NOT EXISTS atlas");
    workspace.sql("CREATE SCHEMA IF NOT EXISTS atlas.maps");
    try (Connection connection = Jdbc.admin(workspace)) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).contains("atlas", "main");
      assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).contains("feedback", "maps");
      assertThat(column(metadata.getSchemas("atlas", null), "TABLE_CATALOG")).containsOnly("atlas");
      assertThat(column(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
    }
    try (Connection connection = Jdbc.reader(workspace)) {
      assertThat(column(connection.getMetaData().getCatalogs(), "TABLE_CAT"))
          .contains("main")
          .doesNotContain("atlas");
    }
  }

  @Test
  void functionsAreListedByTheirSchema() throws SQLException {
    workspace.sql("CREATE SCHEMA IF NOT EXISTS main.routines");
    workspace.sql(
        "CREATE OR REPLACE FUNCTION main.routines.plus_one(x INT) RETURNS INT RETURN x + 1");
    try (Connection connection = Jdbc.admin(workspace)) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(column(metadata.getFunctions("main", "routines", "plus%"), "FUNCTION_NAME"))
          .containsExactly("plus_one");
      assertThat(column(metadata.getFunctions("main", "routines", "%"), "FUNCTION_SCHEM"))
          .containsOnly("routines");
      assertThat(column(metadata.getFunctions("main", "feedback", "%"), "FUNCTION_NAME")).isEmpty();
    }
  }

  @Test
  void keysAreNone() throws SQLException {
    try (Connection connection = Jdbc.reader(workspace)) {
      DatabaseMetaData metadata = connection.getMetaData();
      try (ResultSet keys = metadata.getPrimaryKeys("main", "feedback", "nps")) {
        assertThat(keys.next()).isFalse();
      }
      try (ResultSet keys = metadata.getImportedKeys("main", "feedback", "nps")) {
        assertThat(keys.next()).isFalse();
      }
      try (ResultSet types = metadata.getTypeInfo()) {
        assertThat(types.next()).isTrue();
      }
    }
  }

  private static List<String> column(ResultSet listed, String label) throws SQLException {
    try (listed) {
      List<String> values = new ArrayList<>();
      while (listed.next()) {
        values.add(listed.getString(label));
      }
      return values;
    }
  }
}
