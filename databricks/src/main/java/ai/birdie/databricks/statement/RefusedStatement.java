package ai.birdie.databricks.statement;

import ai.birdie.core.error.BirdieException;

/**
 * The warehouse took a statement and ended it, said why, and would again: it is not for this table,
 * or not for who asks. What keeps a statement from being asked, or passes, is no such refusal.
 */
public final class RefusedStatement extends Exception {

  private static final long serialVersionUID = 1L;

  private final BirdieException why;

  public RefusedStatement(BirdieException why) {
    super(why);
    this.why = why;
  }

  /** For who cannot do without the statement. */
  public BirdieException why() {
    return why;
  }
}
