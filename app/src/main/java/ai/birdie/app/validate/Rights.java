package ai.birdie.app.validate;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.permission.Holdings;
import ai.birdie.databricks.permission.Permissions;
import ai.birdie.databricks.permission.Sight;
import ai.birdie.databricks.permission.WarehouseLevel;
import ai.birdie.databricks.privilege.Assignment;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.privilege.Right;
import ai.birdie.databricks.privilege.Securable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether somebody who can read a table can do more than that. Only reads permissions; what they
 * cannot tell is thrown as {@code BirdieException}.
 */
final class Rights {

  static final String WAREHOUSE = "warehouse privilege";

  private static final String ADMINISTRATOR =
      "Use a service principal, or a user, that is not in the group admins.";

  private final Permissions permissions;
  private final Identity identity;

  Rights(Permissions permissions, Identity identity) {
    this.permissions = permissions;
    this.identity = identity;
  }

  /** A warning for each right on the table, its schema, or its catalog that is not needed. */
  List<Check> on(TableName table) {
    List<Check> checks = new ArrayList<>(administration());
    if (table.inHiveMetastore()) {
      checks.add(
          Check.skipped(LeastPrivilege.NAME, "the Hive metastore does not tell rights by the API"));
      return checks;
    }
    Map<Securable, Sight> sights = new LinkedHashMap<>();
    Set<Assignment> held = new LinkedHashSet<>();
    Set<String> unread = new LinkedHashSet<>();
    for (Right right : Right.toRead(table).reversed()) {
      sights.put(right.on(), permissions.look(right.on()));
      Holdings holdings = permissions.holdings(right.on(), identity);
      held.addAll(holdings.assignments());
      unread.addAll(holdings.unread());
    }
    LeastPrivilege leastPrivilege = new LeastPrivilege(identity, table, List.copyOf(held));
    sights.forEach((on, sight) ->
        sight
            .owner()
            .filter(identity::goesBy)
            .ifPresent(owner -> checks.add(leastPrivilege.owned(on, owner, sight.isView()))));
    checks.addAll(leastPrivilege.surplus());
    if (!unread.isEmpty()) {
      checks.add(
          Check.skipped(LeastPrivilege.NAME, "the rights cannot be read of " + named(unread)));
    }
    return checks.isEmpty() ? List.of(nothingMore(table)) : checks;
  }

  private List<Check> administration() {
    return identity.isAdministrator()
        ? List.of(
            Check.warn(
                LeastPrivilege.NAME,
                identity.name() + " is an administrator of the workspace",
                ADMINISTRATOR))
        : List.of();
  }

  private static Check nothingMore(TableName table) {
    String needed =
        Right.toRead(table).stream().map(Right::privilege).collect(Collectors.joining(", "));
    return Check.pass(LeastPrivilege.NAME, needed + ", each where it is needed, and nothing else");
  }

  private static String named(Set<String> groups) {
    return groups.size() == 1
        ? "the group " + groups.iterator().next()
        : "the groups " + String.join(", ", groups);
  }

  /** A warning for each level of the connection's warehouse that is not needed. */
  List<Check> onWarehouse(String id) {
    List<WarehouseLevel> levels;
    try {
      levels = permissions.warehouse(identity);
    } catch (AccessException e) {
      return List.of(Check.skipped(WAREHOUSE, "shown only to who manages the warehouse"));
    }
    List<Check> warnings =
        levels.stream()
            .filter(level -> !level.level().equals(WarehouseLevel.NEEDED))
            .filter(level -> !level.principal().equals(Identity.ADMINISTRATORS))
            .map(level -> tooHigh(level, id))
            .toList();
    return warnings.isEmpty()
        ? List.of(Check.pass(WAREHOUSE, WarehouseLevel.NEEDED + ", and nothing else"))
        : warnings;
  }

  private static Check tooHigh(WarehouseLevel level, String id) {
    return Check.warn(
        WAREHOUSE,
        "%s has %s on the SQL warehouse, more than needed"
            .formatted(level.principal(), level.level()),
        "In SQL Warehouses, %s, Permissions: give %s CAN USE in its place."
            .formatted(id, level.principal()));
  }
}
