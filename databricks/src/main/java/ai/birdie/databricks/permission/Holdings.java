package ai.birdie.databricks.permission;

import ai.birdie.databricks.privilege.Assignment;
import java.util.List;

/**
 * The rights that somebody has on something.
 *
 * @param assignments its own, those of its groups, and those inherited from what encloses it
 * @param unread the groups whose rights are not among them, because they could not be read
 */
public record Holdings(List<Assignment> assignments, List<String> unread) {

  public Holdings {
    assignments = List.copyOf(assignments);
    unread = List.copyOf(unread);
  }
}
