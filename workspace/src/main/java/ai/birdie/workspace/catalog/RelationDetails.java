package ai.birdie.workspace.catalog;

/** Finds out what a table's or view's columns are. Thread-safe. */
@FunctionalInterface
public interface RelationDetails {
  /** What there is to say of it now. */
  RelationDetail of(Relation relation);
}
