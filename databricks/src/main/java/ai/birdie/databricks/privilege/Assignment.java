package ai.birdie.databricks.privilege;

import static java.util.Objects.requireNonNull;

/**
 * A right that somebody has.
 *
 * @param principal a user, a service principal, or a group
 * @param right what was granted, on what it was granted
 */
public record Assignment(String principal, Right right) {

  public Assignment {
    requireNonNull(principal);
    requireNonNull(right);
  }
}
