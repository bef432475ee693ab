package ai.birdie.databricks.permission;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.core.error.BirdieException;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.Lookup;
import ai.birdie.databricks.http.WorkspaceClient;
import ai.birdie.databricks.privilege.Assignment;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.privilege.Right;
import ai.birdie.databricks.privilege.Securable;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads who may do what in a workspace, and changes nothing. What the workspace refuses to tell
 * comes as {@code AccessException}; an API that it does not have, as {@code SourceException}.
 */
public final class Permissions {

  private static final String UNITY_CATALOG = "/api/2.1/unity-catalog/";

  /** Each group costs a request. */
  private static final int MOST_GROUPS = 20;

  private static final int MOST_PAGES = 50;

  private final WorkspaceClient client;
  private final DatabricksErrors errors;

  public Permissions(WorkspaceClient client, DatabricksErrors errors) {
    this.client = client;
    this.errors = errors;
  }

  /** Whose the credential is. */
  public Identity identity() {
    String purpose = "find out whose the credential is";
    Call call = Call.get("/api/2.0/preview/scim/v2/Me", purpose);
    Wire.Me me = client.read(client.ask(call), Wire.Me.class, purpose);
    String name = me.userName();
    if (name == null || name.isBlank()) {
      throw errors.unexpected(purpose, "no name of a user");
    }
    List<String> groups =
        Wire.list(me.groups()).stream()
            .map(Wire.Group::display)
            .flatMap(group -> Optional.ofNullable(group).stream())
            .toList();
    return new Identity(name, groups);
  }

  /** What Unity Catalog shows of a catalog, a schema, a table, or a view. */
  public Sight look(Securable securable) {
    String purpose = "look up the " + securable;
    String path = UNITY_CATALOG + securable.kind().word() + "s/" + encoded(securable.fullName());
    Lookup lookup = client.look(Call.get(path, purpose));
    if (lookup instanceof Lookup.Found found) {
      Wire.Shown shown = client.read(found.answer(), Wire.Shown.class, purpose);
      return new Sight(
          Sight.State.VISIBLE,
          Optional.ofNullable(shown.owner()),
          Optional.ofNullable(shown.tableType()).orElse(""));
    }
    return lookup instanceof Lookup.Hidden ? Sight.HIDDEN : Sight.ABSENT;
  }

  /** The rights on something that somebody has by itself, by its groups, and by inheritance. */
  public Holdings holdings(Securable securable, Identity identity) {
    Set<Assignment> all = new LinkedHashSet<>(assignments(securable, identity.name(), identity));
    List<String> unread = new ArrayList<>();
    List<String> groups = identity.accountGroups();
    for (String group : groups.subList(0, Math.min(MOST_GROUPS, groups.size()))) {
      try {
        all.addAll(assignments(securable, group, identity));
      } catch (BirdieException e) {
        unread.add(group); // what is known without it is worth telling
      }
    }
    unread.addAll(groups.subList(Math.min(MOST_GROUPS, groups.size()), groups.size()));
    return new Holdings(List.copyOf(all), unread);
  }

  /**
   * What somebody may do with the connection's SQL warehouse: levels such as CAN USE, each with
   * whether it is the identity's or a group's. Usually only who manages a warehouse may ask.
   */
  public List<WarehouseLevel> warehouse(Identity identity) {
    String purpose = "read the permissions of the SQL warehouse " + errors.warehouseId();
    Call call = Call.get("/api/2.0/permissions/warehouses/" + errors.warehouseId(), purpose);
    Wire.AccessControls controls =
        client.read(client.ask(call), Wire.AccessControls.class, purpose);
    return Wire.list(controls.accessControlList()).stream()
        .flatMap(Permissions::levels)
        .filter(level -> identity.goesBy(level.principal()))
        .distinct()
        .toList();
  }

  private static Stream<WarehouseLevel> levels(Wire.AccessControl control) {
    return control.principal().stream()
        .flatMap(principal ->
            Wire.list(control.allPermissions()).stream()
                .flatMap(each -> Optional.ofNullable(each.level()).stream())
                .map(level -> new WarehouseLevel(principal, spaced(level))));
  }

  private List<Assignment> assignments(Securable securable, String principal, Identity identity) {
    String purpose = "read the rights on the " + securable;
    String path =
        UNITY_CATALOG
            + "effective-permissions/"
            + securable.kind().word()
            + "/"
            + encoded(securable.fullName())
            + "?principal="
            + encoded(principal);
    List<Assignment> all = new ArrayList<>();
    String next = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Answer answer = client.ask(Call.get(path + next, purpose));
      Wire.Permissions read = client.read(answer, Wire.Permissions.class, purpose);
      Wire.list(read.privilegeAssignments()).stream()
          .flatMap(each -> assignments(each, principal, securable, purpose))
          .filter(assignment -> identity.goesBy(assignment.principal()))
          .forEach(all::add);
      String token = read.nextPageToken();
      if (token == null || token.isEmpty()) {
        return all;
      }
      next = "&page_token=" + encoded(token);
    }
    throw errors.unexpected(purpose, "no end");
  }

  private Stream<Assignment> assignments(
      Wire.PrivilegeAssignment assignment, String asked, Securable securable, String purpose) {
    String principal = Optional.ofNullable(assignment.principal()).orElse(asked);
    return Wire.list(assignment.privileges()).stream()
        .map(privilege ->
            new Assignment(
                principal, new Right(name(privilege, purpose), origin(privilege, securable))));
  }

  private String name(Wire.Privilege privilege, String purpose) {
    String name = spaced(Optional.ofNullable(privilege.privilege()).orElse(""));
    if (!Right.isName(name)) {
      throw errors.unexpected(purpose, "a privilege without a usable name");
    }
    return name;
  }

  /** Where a right was granted that holds for {@code securable}. */
  private static Securable origin(Wire.Privilege privilege, Securable securable) {
    String type = privilege.inheritedFromType();
    if (type == null || type.isEmpty() || type.equalsIgnoreCase(securable.kind().name())) {
      return securable;
    }
    List<String> path = securable.path();
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "CATALOG" -> new Securable(Securable.Kind.CATALOG, path.subList(0, 1));
      case "SCHEMA" -> new Securable(Securable.Kind.SCHEMA, path.subList(0, 2));
      default -> Securable.METASTORE;
    };
  }

  private static String spaced(String constant) {
    return constant.toUpperCase(Locale.ROOT).replace('_', ' ').strip();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
