package ai.birdie.testkit.simulation;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A way in which the product could be wrong, planted on purpose, so that the simulator has to find
 * it.
 *
 * @param number of the catalogue's case
 * @param what is wrong
 * @param traits of the scenarios in which it shows
 * @param way in which their table is read
 */
record Plant(
    int number,
    String what,
    Set<Trait> traits,
    Way way,
    UnaryOperator<Feed> feed,
    Function<World, Source> source,
    Supplier<TestedStore> store) {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private static final Plant NONE =
      new Plant(0, "", Set.of(), Way.CURSOR, feed -> feed, SimulatedSource::new, Plant::sound);

  /** What a statement gives that reads a window. */
  interface Selection {
    List<FeedbackRow> rows(World world, Window window);
  }

  static Plant inFeed(int number, String what, Set<Trait> traits, UnaryOperator<Feed> feed) {
    return new Plant(number, what, traits, Way.CURSOR, feed, SimulatedSource::new, Plant::sound);
  }

  static Plant inSource(
      int number, String what, Set<Trait> traits, Function<World, Source> source) {
    return new Plant(number, what, traits, Way.CURSOR, feed -> feed, source, Plant::sound);
  }

  static Plant inSelection(int number, String what, Set<Trait> traits, Selection selection) {
    return inSource(
        number,
        what,
        traits,
        world ->
            new SimulatedSource(world) {
              @Override
              List<FeedbackRow> select(Window window) {
                return selection.rows(world, window);
              }
            });
  }

  static Plant inStore(
      int number, String what, Set<Trait> traits, Function<MemoryStore, Store> front) {
    return inTestedStore(
        number,
        what,
        traits,
        () -> {
          MemoryStore store = new MemoryStore(CLOCK);
          return TestedStore.of(store, front.apply(store));
        });
  }

  static Plant inTestedStore(
      int number, String what, Set<Trait> traits, Supplier<TestedStore> store) {
    return new Plant(number, what, traits, Way.CURSOR, feed -> feed, SimulatedSource::new, store);
  }

  /** The same, where the table is read in another way. */
  Plant by(Way other) {
    return new Plant(number, what, traits, other, feed, source, store);
  }

  /**
   * How it is found in the scenario of a seed, by what is wrong with it and not without it; empty
   * where it is not found.
   */
  Optional<String> caught(long seed) {
    Scenario scenario = Scenario.of(seed, traits).by(way);
    Verdict sound = NONE.play(scenario);
    try {
      Verdict more = play(scenario).without(sound);
      return Optional.of(more.describe()).filter(found -> !found.isEmpty());
    } catch (BirdieException e) {
      String kind = e.getClass().getSimpleName().replace("Exception", "");
      return Optional.of("refused: " + kind.toLowerCase(Locale.ROOT));
    }
  }

  /** Whether the history of a seed ends otherwise with it than its way of reading promises. */
  boolean breaksThePromise(long seed) {
    try {
      return !simulated(Scenario.of(seed, traits).by(way).comparing(), Simulation::keepsThePromise);
    } catch (BirdieException e) {
      return true;
    }
  }

  private Verdict play(Scenario scenario) {
    return simulated(scenario, Simulation::play);
  }

  private <T> T simulated(Scenario scenario, Function<Simulation, T> play) {
    try (BufferAllocator allocator = new RootAllocator();
        TestedStore tested = store.get()) {
      Scenario planted = scenario.read(feed.apply(scenario.feed()));
      return play.apply(new Simulation(planted, tested, allocator, source));
    }
  }

  static TestedStore sound() {
    return TestedStore.of(new MemoryStore(CLOCK));
  }
}
