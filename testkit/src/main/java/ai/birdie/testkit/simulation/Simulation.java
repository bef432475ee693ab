package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Deletion;
import ai.birdie.core.ingest.Ingestion;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.receipt.Control.Standing;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Planner;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Plays a scenario: the real planner and loop read a simulated source into a store, run by run, and
 * are killed at whatever step; then the store is compared with the source.
 */
public final class Simulation {

  private static final long RESTART = 60_000_000;

  private final Scenario scenario;
  private final TestedStore store;
  private final VirtualTime time;
  private final Steps steps = new Steps();
  private final SplittableRandom random;
  private final Source source;
  private int crashed;
  private boolean loadingCut;
  private long unproved;

  /** A simulation whose batches live in {@code allocator}. */
  public Simulation(Scenario scenario, TestedStore store, BufferAllocator allocator) {
    this(scenario, store, allocator, SimulatedSource::new);
  }

  Simulation(
      Scenario scenario,
      TestedStore store,
      BufferAllocator allocator,
      Function<World, Source> source) {
    this.scenario = scenario;
    this.store = store;
    this.time = new VirtualTime(scenario.runs().getFirst());
    this.random = new SplittableRandom(scenario.seed() * 31);
    this.source =
        source.apply(
            new World(scenario, scenario.versions(), time, random.split(), allocator, steps));
  }

  /** Plays the scenario from its first run to its last, killing some of its runs. */
  public Verdict play() {
    return play(Crashes.drawn(random.split()));
  }

  Verdict play(Crashes crashes) {
    int run = 0;
    for (long moment : scenario.runs()) {
      time.reach(moment);
      run(crashes.strike(++run));
    }
    run(Crashes.NEVER);
    return judge();
  }

  /**
   * Plays the scenario, and says whether the store ended as the way of reading promises:
   *
   * <ul>
   *   <li>by a change feed as the source; but when the process is killed before everything has been
   *       read once, or the table does not tell what has become of a version, records may be left
   *       over that went meanwhile
   *   <li>by row tracking as the source, but for records that went
   *   <li>by a cursor as the verdict says, once it is reconciled as by row tracking, and once what
   *       is gone was deleted as the source
   * </ul>
   */
  public boolean keepsThePromise() {
    return keepsThePromise(Crashes.drawn(random.split()));
  }

  boolean keepsThePromise(Crashes crashes) {
    Verdict verdict = play(crashes);
    return switch (scenario.way()) {
      case CHANGES -> mayLeaveOver() ? verdict.current() : verdict.clean();
      case TRACKED -> verdict.current();
      case VERSION, CURSOR -> verdict.kept() && reconciled().current() && cleared().clean();
    };
  }

  /** Without the records that went; but a table without any is not believed. */
  private Verdict cleared() {
    Deletion all = new Deletion(1, Deletion.Consent.NONE);
    SourceTable table = scenario.table();
    if (table.at(table.lastVersion()).findAny().isPresent()) {
      ingestion().reconcile(scenario.feed(), all);
    }
    return judge();
  }

  private boolean mayLeaveOver() {
    return loadingCut
        || scenario.traits().contains(Trait.SHORT_HISTORY)
        || scenario.traits().contains(Trait.REPLACED_TABLE);
  }

  private Verdict reconciled() {
    steps.begin(Crashes.NEVER);
    ingestion().reconcile(scenario.feed());
    return judge();
  }

  private Ingestion ingestion() {
    return new Ingestion(new Planner(), source, store.store(), RunListener.NONE);
  }

  private Verdict judge() {
    Feed feed = scenario.feed();
    return new Oracle(scenario).judge(store.rows(feed), store.unbalanced(feed), unproved);
  }

  /** How many runs were killed. */
  int crashed() {
    return crashed;
  }

  /** A run that is killed at a step, unless it ends before; then another follows soon. */
  private void run(long fatal) {
    steps.begin(fatal);
    try {
      ingest();
    } catch (RuntimeException e) {
      if (!steps.crashed()) {
        throw e;
      }
      crashed++;
      store.crash();
      loadingCut |= store.store().coverage(scenario.feed()).version().isEmpty();
      time.pass(random.nextLong(RESTART));
      run(Crashes.NEVER);
    }
  }

  private void ingest() {
    CrashingStore crashing = new CrashingStore(store.store(), steps);
    RunListener listener =
        new RunListener() {
          @Override
          public void windowCommitted(Feed feed, Receipt receipt) {
            unproved += receipt.control().standing() == Standing.UNPROVED ? 1 : 0;
          }
        };
    new Ingestion(new Planner(), source, crashing, listener).run(scenario.feed());
  }
}
