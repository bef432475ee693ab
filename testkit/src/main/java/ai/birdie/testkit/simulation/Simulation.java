package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.ingest.Deletion;
import ai.birdie.core.ingest.Ingestion;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.receipt.Control.Standing;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Planner;
import ai.birdie.testkit.FeedbackRow;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Plays a scenario: the real planner and loop read a simulated source into a store, run by run, and
 * are killed at whatever step; then the store is compared with the source.
 */
public final class Simulation {

  private static final long RESTART = 60_000_000;

  /** With these, the newer version of a record may have no stamp, one ahead, or an older one. */
  private static final Set<Trait> AGELESS =
      Set.of(
          Trait.MISSING_STAMPS,
          Trait.FUTURE_STAMPS,
          Trait.CLOCK_JUMPS,
          Trait.LOCAL_TIME,
          Trait.DATES,
          Trait.KEY_UPDATES);

  private static final long HOUR = 3_600_000_000L;

  private static final int NEVER = 0;

  /** How often a feed is read within the cycle in which it is compared. */
  private static final int RUNS_A_CYCLE = 4;

  private final Scenario scenario;
  private final TestedStore store;
  private final VirtualTime time;
  private final Steps steps = new Steps();
  private final SplittableRandom random;
  private final SplittableRandom meanwhile;
  private final Source source;
  private int crashed;
  private boolean loadingCut;
  private boolean dropped;
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
    this.meanwhile = new SplittableRandom(scenario.seed() * 37);
    this.source =
        source.apply(
            new World(scenario, scenario.versions(), time, random.split(), allocator, steps));
  }

  /** Plays the scenario from its first run to its last, killing some of its runs. */
  public Verdict play() {
    return play(Crashes.drawn(random.split()));
  }

  Verdict play(Crashes crashes) {
    return play(crashes, NEVER);
  }

  /** Somebody compares everything, and deletes what is gone, after one of the runs. */
  private Verdict play(Crashes crashes, int comparing) {
    int run = 0;
    for (long moment : scenario.runs()) {
      time.reach(moment);
      run(crashes.strike(++run));
      if (run == comparing) {
        time.pass(meanwhile.nextLong(HOUR));
        clearMeanwhile();
      }
    }
    run(Crashes.NEVER);
    return judge();
  }

  /**
   * Plays the scenario, in which somebody may reconcile and delete meanwhile, and says whether the
   * store ended as the way of reading promises, no record ever left that the source has, and each
   * window was proved where the source could be asked at one version:
   *
   * <ul>
   *   <li>by a change feed as the source; but when the process is killed before everything has been
   *       read once, or the table does not tell what has become of a version, records may be left
   *       over that went meanwhile
   *   <li>by row tracking as the source, but for records that went
   *   <li>by a cursor as the verdict says; where each run compares a part, as by row tracking when
   *       all parts were compared twice, and nothing lost when they were compared once; else once
   *       it is reconciled
   *   <li>in every way as the source, once what is gone was deleted
   * </ul>
   */
  public boolean keepsThePromise() {
    return keepsThePromise(Crashes.drawn(random.split()));
  }

  boolean keepsThePromise(Crashes crashes) {
    int runs = scenario.runs().size();
    Verdict verdict = play(crashes, meanwhile.nextBoolean() ? 1 + meanwhile.nextInt(runs) : NEVER);
    boolean ended =
        switch (scenario.way()) {
          case CHANGES -> mayLeaveOver() ? verdict.current() : verdict.clean();
          case TRACKED -> verdict.current();
          case VERSION, CURSOR -> kept(verdict) && foundInTurn() && reconciled().current();
        };
    return ended && proved() && !dropped && cleared().clean();
  }

  /** At one version of the table the source gives the same rows each time. */
  private boolean proved() {
    return scenario.way() == Way.CURSOR || unproved == 0;
  }

  /** Of two versions the one with the later stamp is taken for the newer. */
  private boolean kept(Verdict verdict) {
    boolean ageless = !Collections.disjoint(scenario.traits(), AGELESS);
    return verdict.kept() && (ageless || verdict.fresh());
  }

  /** Whether runs on a source at rest find by comparing what they had missed. */
  private boolean foundInTurn() {
    if (scenario.feed().cycle().isEmpty()) {
      return true;
    }
    boolean nothingLost = cycle().count(Fault.LOST) == 0;
    return nothingLost && cycle().current();
  }

  private Verdict cycle() {
    long cycle = scenario.feed().cycle().orElseThrow().toSeconds() * 1_000_000;
    for (int i = 0; i <= RUNS_A_CYCLE; i++) {
      run(Crashes.NEVER);
      time.pass(cycle / RUNS_A_CYCLE);
    }
    return judge();
  }

  /** Without the records that went; but a table without any is not believed. */
  private Verdict cleared() {
    SourceTable table = scenario.table();
    if (table.at(table.lastVersion()).findAny().isPresent()) {
      clear();
    }
    return judge();
  }

  private void clear() {
    ingestion().reconcile(scenario.feed(), new Deletion(1, Deletion.Consent.NONE));
  }

  /** No record may leave that was there and that the source had all the while. */
  private void clearMeanwhile() {
    steps.begin(Crashes.NEVER);
    long first = scenario.table().versionAt(time.now());
    if (scenario.table().at(first).findAny().isEmpty()) {
      return;
    }
    Set<Identity> there = held();
    clear();
    long last = scenario.table().versionAt(time.now());
    LongStream.rangeClosed(first, last).forEach(version -> there.retainAll(records(version)));
    dropped = !held().containsAll(there);
  }

  private Set<Identity> held() {
    return identities(store.rows(scenario.feed()).stream());
  }

  private Set<Identity> records(long version) {
    return identities(scenario.table().at(version).map(RowVersion::row));
  }

  private static Set<Identity> identities(Stream<FeedbackRow> rows) {
    Identities identities = new Identities();
    return rows.map(identities::of).collect(Collectors.toCollection(HashSet::new));
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
