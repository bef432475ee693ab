package ai.birdie.workspace.clock;

/** Lets real time pass; what waits for a clock looks at it again after that. */
@FunctionalInterface
public interface Pause {
  void pause() throws InterruptedException;
}
