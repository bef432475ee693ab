package ai.birdie.databricks.permission;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What Unity Catalog shows of a catalog, a schema, a table, or a view.
 *
 * @param owner whose it is; absent where it is not shown
 * @param type a table's sort as the API says it, such as MANAGED or VIEW; empty where there is none
 */
public record Sight(State state, Optional<String> owner, String type) {

  /** Whether it is there. */
  public enum State {
    VISIBLE,
    /** Unity Catalog refuses to show it, so that it may or may not be there. */
    HIDDEN,
    /** Unity Catalog answers that there is none, which it may say of what is hidden, too. */
    ABSENT
  }

  static final Sight HIDDEN = new Sight(State.HIDDEN, Optional.empty(), "");
  static final Sight ABSENT = new Sight(State.ABSENT, Optional.empty(), "");

  public Sight {
    requireNonNull(state);
    requireNonNull(owner);
    requireNonNull(type);
  }

  /** Whether it is a view, or something that is altered like one. */
  public boolean isView() {
    return type.equals("VIEW");
  }
}
