package ai.birdie.app;

import ai.birdie.app.config.Connection;
import ai.birdie.core.ingest.Ingestion;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.window.Planner;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.Surroundings;
import ai.birdie.duckdb.DuckStore;
import ai.birdie.duckdb.StoreBackup;
import ai.birdie.duckdb.StoreCompaction;
import ai.birdie.duckdb.StoreErasure;
import ai.birdie.duckdb.StoreReader;
import ai.birdie.people.PersonalData;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The wiring: which part is made of which. Reads from a Databricks workspace, lands in the store of
 * one home folder. Belongs to one thread; whoever opened a part closes it.
 */
public final class App implements AutoCloseable {

  private final Path home;
  private final Clock clock;
  private final Surroundings surroundings;
  private final BufferAllocator allocator;

  /**
   * @param home the folder of the store, made when something is first landed
   */
  public App(Path home, Clock clock) {
    this(home, clock, Surroundings.ofThisMachine());
  }

  /**
   * @param home the folder of the store, made when something is first landed
   * @param surroundings how workspaces are waited for
   */
  public App(Path home, Clock clock, Surroundings surroundings) {
    this.home = home;
    this.clock = clock;
    this.surroundings = surroundings;
    this.allocator = new RootAllocator();
  }

  /** A client of the connection's workspace, which asks nothing until it is used. */
  public DatabricksWorkspace workspace(Connection connection, RunListener listener) {
    return DatabricksWorkspace.open(connection.workspace(), surroundings, listener);
  }

  /** The store, for writing. */
  public DuckStore store(RunListener listener) {
    return DuckStore.open(home, allocator, clock, listener, PersonalData::new);
  }

  /** The store, for questions; whoever lands rows in it meanwhile answers them. */
  public StoreReader reader() {
    return StoreReader.openOrAsk(home, allocator);
  }

  /** The store's own file, for questions, while nobody else writes to it. */
  public StoreReader fileReader() {
    return StoreReader.open(home);
  }

  /** Copies the store to a file, or into a folder. */
  public StoreBackup.Taken backup(Path target) {
    return StoreBackup.take(home, target, clock.instant());
  }

  /** Makes a backup the store. */
  public StoreBackup.Restored restore(Path backup, StoreBackup.Existing existing) {
    return StoreBackup.restore(backup, home, existing, clock.instant());
  }

  /** Writes the store's file anew, without what was deleted. */
  public StoreCompaction.Compacted compact() {
    return StoreCompaction.run(home);
  }

  /** Takes a person out of the store, and keeps the person out. */
  public StoreErasure.Erased erase(String author) {
    return StoreErasure.erase(home, author, clock.instant(), new SecureRandom());
  }

  /** The rows of a workspace. */
  public Source source(DatabricksWorkspace workspace) {
    return workspace.source(allocator);
  }

  /** The loop between the two. */
  public Ingestion ingestion(Source source, Store store, RunListener listener) {
    return new Ingestion(new Planner(), source, store, listener);
  }

  /** The folder of the store. */
  public Path home() {
    return home;
  }

  @Override
  public void close() {
    allocator.close();
  }
}
