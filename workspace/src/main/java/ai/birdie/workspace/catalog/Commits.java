package ai.birdie.workspace.catalog;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.util.Clock;

/**
 * The commits of the workspace's tables: the time at which they happen, and which of them wait.
 *
 * <p>Thread-safe.
 */
public final class Commits {
  private static final String JOB_GROUP = "spark.jobGroup.id";

  private final InstantSource clock;
  private final Clock deltaClock;
  private final Map<String, HeldCommit> held = new ConcurrentHashMap<>();
  private final Map<String, WrittenRows> counted = new ConcurrentHashMap<>();

  /**
   * @param clock what a commit's time is taken from
   */
  public Commits(InstantSource clock) {
    this.clock = clock;
    this.deltaClock = new DeltaClock(clock);
  }

  /** Has the statement of that id wait when it comes to its commit. */
  public HeldCommit hold(String statementId) {
    return held.computeIfAbsent(statementId, id -> new HeldCommit());
  }

  /** Whether the statement of that id is to wait. */
  public boolean holds(String statementId) {
    return held.containsKey(statementId);
  }

  /** No longer has it wait. */
  public void forget(String statementId) {
    held.remove(statementId);
  }

  /** Counts what the statement in this thread writes, until the count is closed. */
  public WrittenRows count() {
    String statement = currentStatement();
    return counted.computeIfAbsent(
        statement, id -> new WrittenRows(() -> counted.remove(statement)));
  }

  /** The statement in this thread has made a commit, of which Delta says this. */
  void made(String commitInfo) throws IOException {
    WrittenRows rows = counted.get(currentStatement());
    if (rows != null) {
      rows.count(commitInfo);
    }
  }

  /**
   * Waits, when the commit of the statement in this thread is held.
   *
   * @throws IOException when it is abandoned
   */
  void pass() throws IOException {
    HeldCommit commit = held.get(currentStatement());
    if (commit != null) {
      commit.pass();
    }
  }

  /** Statements run in job groups of their ids. */
  private static String currentStatement() {
    String group = SparkContext.getOrCreate().getLocalProperty(JOB_GROUP);
    return group == null ? "" : group;
  }

  /** The time of a commit that is made now. */
  Instant time() {
    return clock.instant();
  }

  /**
   * Has Delta open a table's log with the workspace's clock. Delta keeps an open log, with the
   * clock that it was first opened with, so this comes before anything of Delta's that opens it.
   */
  void open(String location) {
    DeltaLog.forTable(SparkSession.active(), new Path(location), deltaClock);
  }

  private record DeltaClock(InstantSource clock) implements Clock {
    @Override
    public long getTimeMillis() {
      return clock.millis();
    }

    @Override
    public long nanoTime() {
      Instant now = clock.instant();
      return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public long waitTillTime(long targetTime) {
      throw new UnsupportedOperationException("Nothing of a table's log waits by the clock.");
    }
  }
}
