package ai.birdie.app.grants;

import ai.birdie.app.config.Connection;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.WorkspaceConnection;
import ai.birdie.databricks.privilege.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private static final Set<String> WORKSPACE_GROUPS = Set.of("admins", "users");

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
                      + " the option --to and the user name of the token's owner."));
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
        Right.toRead(table).stream().map(right -> right.grantTo(principal)).toList(),
        notes(connection.workspace(), table, principal));
  }

  /** The statements, and the notes as comments, ready to be pasted into a SQL editor. */
  public String text() {
    return notes.stream().map(note -> "-- " + note + "\n").collect(Collectors.joining())
        + statements.stream().map(sql -> sql + ";\n").collect(Collectors.joining());
  }

  private static List<String> notes(
      WorkspaceConnection workspace, TableName table, String principal) {
    List<String> notes = new ArrayList<>();
    notes.add("The workspace: " + workspace.host().uri());
    notes.add("Run this as the owner of the objects, or as an administrator.");
    notes.add(
        "Not SQL: CAN USE on the SQL warehouse "
            + workspace.warehouseId()
            + " (SQL Warehouses, Permissions).");
    notes.add("If it is a view, this is all, as long as its owner may read what it reads.");
    if (table.inHiveMetastore()) {
      notes.add("In the Hive metastore grants count only where table access control is on.");
    } else if (WORKSPACE_GROUPS.contains(principal)) {
      notes.add(
          "Unity Catalog does not know the workspace's own group %s: take one of the account."
              .formatted(principal));
    }
    return notes;
  }
}
