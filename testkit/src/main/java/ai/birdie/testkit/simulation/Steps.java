package ai.birdie.testkit.simulation;

/**
 * The steps of a run, counted: each call of source and store, its end, and each batch. At one of
 * them a crash may strike; after it no step succeeds, as in a process that is gone.
 */
final class Steps {

  private long taken;
  private long fatal = Crashes.NEVER;

  /** Begins a run that is killed at its step {@code fatal}, the first being 1. */
  void begin(long fatal) {
    this.taken = 0;
    this.fatal = fatal;
  }

  void take() {
    if (++taken >= fatal) {
      throw new Crash(taken);
    }
  }

  /** How many were taken since the run began. */
  long taken() {
    return taken;
  }

  /** Whether the run was killed. */
  boolean crashed() {
    return taken >= fatal;
  }
}
