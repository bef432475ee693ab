package ai.birdie.workspace.statement;

import ai.birdie.workspace.clock.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The SQL warehouse: it runs, or stands still, or is on its way from one to the other.
 *
 * <p>Thread-safe.
 */
public final class Warehouse {
  /** Where a warehouse stands, in Databricks' words. */
  public enum State {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED
  }

  /** What becomes of a statement that comes before the warehouse runs. */
  public enum Early {
    /** It is pending until then. */
    WAITS,
    /** Its call is answered that the warehouse is not available. */
    IS_REFUSED
  }

  /**
   * How a warehouse behaves.
   *
   * @param initially running or stopped
   * @param changing how long starting takes, and stopping
   * @param early what becomes of statements meanwhile
   */
  public record Behaviour(State initially, Duration changing, Early early) {
    public Behaviour {
      if (initially != State.RUNNING && initially != State.STOPPED) {
        throw new IllegalArgumentException("a warehouse begins running or stopped");
      }
      if (changing.isNegative()) {
        throw new IllegalArgumentException("a warehouse takes some time to start, not " + changing);
      }
    }
  }

  private final String id;
  private final Behaviour behaviour;
  private final InstantSource clock;
  private final Pause pause;

  private State goal;
  private Instant reachedAt;
  private Early early;

  /**
   * @param id what clients know it by
   * @param clock by which it starts and stops
   * @param pause between two looks at the clock
   */
  public Warehouse(String id, Behaviour behaviour, InstantSource clock, Pause pause) {
    this.id = id;
    this.behaviour = behaviour;
    this.clock = clock;
    this.pause = pause;
    this.goal = behaviour.initially();
    this.reachedAt = Instant.MIN;
    this.early = behaviour.early();
  }

  public String id() {
    return id;
  }

  public synchronized State state() {
    boolean reached = !clock.instant().isBefore(reachedAt);
    if (reached) {
      // A clock that is set back does not make it start anew.
      reachedAt = Instant.MIN;
      early = behaviour.early();
    }
    return switch (goal) {
      case STARTING, RUNNING -> reached ? State.RUNNING : State.STARTING;
      case STOPPING, STOPPED -> reached ? State.STOPPED : State.STOPPING;
    };
  }

  /** Begins to start, unless it does or runs already. */
  public synchronized void start() {
    head(State.RUNNING);
  }

  /** Begins to stop, unless it does or stands still already. What runs is not disturbed. */
  public synchronized void stop() {
    head(State.STOPPED);
  }

  /**
   * Is as if it had stopped, having been idle, and begins to start. What runs is not disturbed.
   *
   * @param starting how long it takes this time
   * @param early what becomes of statements until it runs
   */
  public synchronized void startCold(Duration starting, Early early) {
    this.goal = State.RUNNING;
    this.reachedAt = clock.instant().plus(starting);
    this.early = early;
  }

  /** Starts it for a statement; false where that statement is not to wait. */
  public synchronized boolean admits() {
    start();
    return state() == State.RUNNING || early == Early.WAITS;
  }

  /** Returns when it runs, or when the statement needs it no more. Starts it again if need be. */
  void awaitFor(Statement statement) throws InterruptedException {
    while (!statement.state().isTerminal() && !isRunning()) {
      pause.pause();
    }
  }

  private boolean isRunning() {
    start();
    return state() == State.RUNNING;
  }

  private void head(State goal) {
    if (this.goal != goal) {
      this.goal = goal;
      this.reachedAt =
          behaviour.changing().isZero() ? Instant.MIN : clock.instant().plus(behaviour.changing());
    }
  }
}
