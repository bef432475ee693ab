package ai.birdie.workspace.clock;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time that all of the workspace sees: the system's, or ahead of it, or behind it, or standing
 * still.
 *
 * <p>Thread-safe. It may be moved backwards, as clocks of machines are.
 */
public final class WorkspaceClock implements InstantSource {
  /** The first moment that can be set. */
  public static final Instant FIRST = Instant.EPOCH;

  /** The first moment that can no longer be set: SQL's timestamps have years of four digits. */
  public static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private sealed interface Course {
    record Running(Duration ahead) implements Course {}

    record Standing(Instant at) implements Course {}
  }

  private static final Course SYSTEM = new Course.Running(Duration.ZERO);

  private final InstantSource system;
  private final AtomicReference<Course> course = new AtomicReference<>(SYSTEM);

  /**
   * Runs as the system's until told otherwise.
   *
   * @param system what it is ahead of, or behind
   */
  public WorkspaceClock(InstantSource system) {
    this.system = system;
  }

  @Override
  public Instant instant() {
    return at(course.get());
  }

  /** Whether it moves by itself. */
  public boolean isRunning() {
    return course.get() instanceof Course.Running;
  }

  /** How far it is ahead of the system's clock; negative when it is behind. */
  public Duration ahead() {
    return switch (course.get()) {
      case Course.Running running -> running.ahead();
      case Course.Standing standing -> Duration.between(system.instant(), standing.at());
    };
  }

  /**
   * Goes on from that moment; one that stands, stands there.
   *
   * @throws DateTimeException outside {@link #FIRST} to {@link #END}
   */
  public void set(Instant instant) {
    requireSettable(instant);
    course.updateAndGet(old ->
        switch (old) {
          case Course.Running running -> running(instant);
          case Course.Standing standing -> new Course.Standing(instant);
        });
  }

  /**
   * Moves by so much; backwards, when it is negative.
   *
   * @throws DateTimeException when that leads outside {@link #FIRST} to {@link #END}
   */
  public void advance(Duration by) {
    requireSettable(instant().plus(by));
    course.updateAndGet(old ->
        switch (old) {
          case Course.Running running -> new Course.Running(running.ahead().plus(by));
          case Course.Standing standing -> new Course.Standing(standing.at().plus(by));
        });
  }

  /** Stands still, until it is told to run. */
  public void freeze() {
    course.updateAndGet(old -> new Course.Standing(at(old)));
  }

  /** Runs on from where it stands. */
  public void run() {
    course.updateAndGet(old -> running(at(old)));
  }

  /** Runs as the system's clock does. */
  public void reset() {
    course.set(SYSTEM);
  }

  private Course running(Instant from) {
    return new Course.Running(Duration.between(system.instant(), from));
  }

  private Instant at(Course course) {
    return switch (course) {
      case Course.Running running -> system.instant().plus(running.ahead());
      case Course.Standing standing -> standing.at();
    };
  }

  /** Whether it can be set so. */
  public static boolean canBe(Instant instant) {
    return !instant.isBefore(FIRST) && instant.isBefore(END);
  }

  private static void requireSettable(Instant instant) {
    if (!canBe(instant)) {
      throw new DateTimeException("The clock can be set from " + FIRST + " to " + END + ".");
    }
  }
}
