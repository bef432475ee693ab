package ai.birdie.clients;

import ai.birdie.testkit.LocalWorkspace;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connections of the vendor's driver, over HTTP and by the statement execution API. */
final class Jdbc {
  private Jdbc() {}

  /** The user's, by personal access token. */
  static Connection reader(LocalWorkspace workspace, String... options) throws SQLException {
    return byToken(workspace, workspace.personalAccessToken(), options);
  }

  /** The administrator's. */
  static Connection admin(LocalWorkspace workspace, String... options) throws SQLException {
    return byToken(workspace, workspace.adminToken(), options);
  }

  static Connection byToken(LocalWorkspace workspace, String token, String... options)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("UID", "token");
    login.setProperty("PWD", token);
    return DriverManager.getConnection(url(workspace, "AuthMech=3", options), login);
  }

  /** The service principal's, by its id and secret. */
  static Connection servicePrincipal(LocalWorkspace workspace) throws SQLException {
    Properties login = new Properties();
    login.setProperty("OAuth2ClientId", workspace.clientId());
    login.setProperty("OAuth2Secret", workspace.clientSecret());
    return DriverManager.getConnection(url(workspace, "AuthMech=11;Auth_Flow=1"), login);
  }

  /** All rows, each value as text. */
  static List<List<@Nullable String>> rows(ResultSet result) throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      List<@Nullable String> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(result.getString(i));
      }
      rows.add(row);
    }
    return rows;
  }

  static List<List<@Nullable String>> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return rows(result);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String url(LocalWorkspace workspace, String auth, String... options) {
    return "jdbc:databricks://"
        + workspace.host().replace("http://", "")
        + "/default;transportMode=http;ssl=0;UseThriftClient=0;httpPath=/sql/1.0/warehouses/"
        + workspace.warehouseId()
        + ";"
        + auth
        + ";"
        + String.join(";", options);
  }
}
