package ai.birdie.app.grants;

import ai.birdie.app.config.Connection;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.WorkspaceConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The least that an administrator grants so that a connection can read its table or view. Nothing
 * of it is sent anywhere by Birdie.
 *
 * @param statements SQL, one statement each, without a semicolon; empty if nobody is named to whom
 *     to grant
 * @param notes what is not SQL, a sentence or two each, in one line
 */
public record GrantScript(List<String> statements, List<String> notes) {

  private static final int LONGEST_PRINCIPAL = 255;

  public GrantScript {
    statements = List.copyOf(statements);
    notes = List.copyOf(notes);
  }

  /**
   * Grants to whom the connection's credentials belong. A personal access token does not tell: for
   * one there are no statements, and a note says what to do.
   */
  public static GrantScript of(Connection connection) {
    return switch (connection.workspace().credentials()) {
      case Credentials.OAuth oauth -> of(connection, oauth.clientId());
      case Credentials.PersonalAccessToken _ ->
          new GrantScript(
              List.of(),
              List.of(
                  "A personal access token does not tell whose it is. Run the command again with"
                      + " the option --principal and the user name of the token's owner."));
    };
  }

  /**
   * Grants to the principal: a user's name, a group's, or a service principal's application id.
   *
   * @throws ConfigException if no principal can have that name
   */
  public static GrantScript of(Connection connection, String principal) {
    boolean control = principal.chars().anyMatch(Character::isISOControl);
    if (principal.isBlank() || principal.length() > LONGEST_PRINCIPAL || control) {
      throw new ConfigException(
          "The principal is not the name of a user, group, or service principal.",
          "Give a user's name, a group's name, or a service principal's application id.");
    }
    TableName table = connection.table();
    return new GrantScript(
        table.inHiveMetastore()
            ? hiveMetastore(table, quoted(principal))
            : unityCatalog(table, quoted(principal)),
        notes(connection.workspace(), table));
  }

  /** The statements, and the notes as comments, ready to be pasted into a SQL editor. */
  public String text() {
    return notes.stream().map(note -> "-- " + note + "\n").collect(Collectors.joining())
        + statements.stream().map(sql -> sql + ";\n").collect(Collectors.joining());
  }

  private static List<String> unityCatalog(TableName table, String principal) {
    List<String> parts = table.parts();
    return List.of(
        "GRANT USE CATALOG ON CATALOG " + path(parts.subList(0, 1)) + " TO " + principal,
        "GRANT USE SCHEMA ON SCHEMA " + path(parts.subList(0, 2)) + " TO " + principal,
        "GRANT SELECT ON TABLE " + path(parts) + " TO " + principal);
  }

  private static List<String> hiveMetastore(TableName table, String principal) {
    List<String> parts = table.parts();
    return List.of(
        "GRANT USAGE ON SCHEMA " + path(parts.subList(0, parts.size() - 1)) + " TO " + principal,
        "GRANT SELECT ON TABLE " + path(parts) + " TO " + principal);
  }

  private static List<String> notes(WorkspaceConnection workspace, TableName table) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Run this in "
            + workspace.host().uri()
            + " as the owner of the objects or as an administrator.");
    notes.add(
        "Not SQL: grant CAN USE on the SQL warehouse "
            + workspace.warehouseId()
            + " (SQL Warehouses, the warehouse, Permissions).");
    if (table.inHiveMetastore()) {
      notes.add("In the Hive metastore grants count only where table access control is on.");
    }
    return notes;
  }

  private static String path(List<String> parts) {
    return parts.stream().map(GrantScript::quoted).collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
