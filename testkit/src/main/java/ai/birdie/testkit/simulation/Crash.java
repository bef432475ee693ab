package ai.birdie.testkit.simulation;

/** The process is gone. No code of the loop may do anything about it. */
final class Crash extends RuntimeException {

  private static final long serialVersionUID = 1;

  Crash(long step) {
    super("The process was killed at step " + step, null, false, false);
  }
}
