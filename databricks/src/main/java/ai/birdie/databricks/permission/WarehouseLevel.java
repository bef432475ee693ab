package ai.birdie.databricks.permission;

import static java.util.Objects.requireNonNull;

/**
 * What somebody may do with a SQL warehouse.
 *
 * @param principal a user, a service principal, or a group
 * @param level such as CAN USE or CAN MANAGE; any name that the workspace gives
 */
public record WarehouseLevel(String principal, String level) {

  /** All that is needed to run statements. */
  public static final String NEEDED = "CAN USE";

  public WarehouseLevel {
    requireNonNull(principal);
    requireNonNull(level);
  }
}
