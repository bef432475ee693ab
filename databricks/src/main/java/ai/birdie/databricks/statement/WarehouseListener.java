package ai.birdie.databricks.statement;

import ai.birdie.core.error.BirdieException;

/** Is told what a run's statements find out about their warehouse, perhaps several times. */
public interface WarehouseListener {

  /** A statement waits for the warehouse, which starts or is busy. */
  void waits();

  /** The workspace gives out no links to results, as {@code e} says. */
  void givesNoLinks(BirdieException e);
}
