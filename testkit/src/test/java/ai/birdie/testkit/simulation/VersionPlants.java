package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Since;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What could be wrong with following a table's versions. */
final class VersionPlants {

  private VersionPlants() {}

  static List<Plant> all() {
    return Stream.of(events(), histories(), marks()).flatMap(List::stream).toList();
  }

  private static List<Plant> events() {
    return List.of(
        withoutRowsThatWent(
            15,
            "deletes in the change feed are not read",
            Set.of(Trait.DELETES),
            VersionPlants::isWrittenAnew),
        withoutRowsThatWent(
            18,
            "of an update the change feed's row before it is not read, which has another key",
            Set.of(Trait.KEY_UPDATES),
            (table, row) -> !isWrittenAnew(table, row)),
        inEvents(
            17,
            "equal events of rows without a key are one",
            Set.of(Trait.KEYLESS_ROWS),
            (world, window) -> world.versions().events(window).stream().distinct().toList()),
        inEvents(
            31,
            "a run goes on one version too late",
            Set.of(),
            (world, window) -> world.versions().events(after(window, window.after() + 1))));
  }

  private static List<Plant> histories() {
    return List.of(
        Plant.inSource(
                30,
                "the table's history has forgotten some versions, and they are skipped",
                Set.of(Trait.SHORT_HISTORY),
                world ->
                    new SimulatedSource(world) {
                      @Override
                      Optional<Since> since(Coverage covered, Horizon horizon) {
                        TableVersion now = horizon.version().orElseThrow();
                        return covered
                            .version()
                            .map(held ->
                                new Since.Changes(world.versions().commits(kept(held, now), now)));
                      }

                      @Override
                      List<RowChange> events(Window.Versions window) {
                        long first = kept(window.after(), window.horizon());
                        return world.versions().events(after(window, first));
                      }

                      private TableVersion kept(TableVersion held, TableVersion now) {
                        long oldest = now.number() - world.versions().kept();
                        return held.number() >= oldest
                            ? held
                            : world.versions().called(oldest, now);
                      }

                      private long kept(long after, Horizon horizon) {
                        long now = horizon.version().orElseThrow().number();
                        return Math.max(after, now - world.versions().kept());
                      }
                    })
            .by(Way.CHANGES),
        Plant.inSource(
                29,
                "the version of a table is kept when another takes its name",
                Set.of(Trait.REPLACED_TABLE),
                world ->
                    new SimulatedSource(world) {
                      @Override
                      Optional<Since> since(Coverage covered, Horizon horizon) {
                        TableVersion now = horizon.version().orElseThrow();
                        return covered
                            .version()
                            .filter(held -> held.number() <= now.number())
                            .map(held -> world.versions().called(held.number(), now))
                            .map(held -> new Since.Changes(world.versions().commits(held, now)));
                      }
                    })
            .by(Way.CHANGES));
  }

  private static List<Plant> marks() {
    return List.of(
        inWritten(
            14,
            "of the rows that were written, only those are asked for that have a new stamp",
            Set.of(Trait.SILENT_UPDATES),
            (world, window) -> {
              TableVersion now = window.horizon().version().orElseThrow();
              Instant since = world.versions().called(window.after(), now).committed();
              long last = window.horizon().scale().floor(since);
              return row -> row.position().filter(position -> position < last).isEmpty();
            }),
        Plant.inStore(
                20,
                "the version is noted before its events are landed",
                Set.of(),
                store ->
                    new ForwardingStore(store) {
                      @Override
                      public Landing begin(Feed feed, Window window) {
                        MemoryHistory history = store.history(feed);
                        history.hold(
                            window.confirmed(history.coverage().version()),
                            window.horizon().scale());
                        return super.begin(feed, window);
                      }
                    })
            .by(Way.CHANGES));
  }

  private interface Events {
    List<RowChange> of(World world, Window.Versions window);
  }

  private static Plant inEvents(int number, String what, Set<Trait> traits, Events events) {
    return Plant.inSource(
            number,
            what,
            traits,
            world ->
                new SimulatedSource(world) {
                  @Override
                  List<RowChange> events(Window.Versions window) {
                    return events.of(world, window);
                  }
                })
        .by(Way.CHANGES);
  }

  private static Plant withoutRowsThatWent(
      int number, String what, Set<Trait> traits, BiPredicate<SourceTable, RowVersion> read) {
    return inEvents(
        number,
        what,
        traits,
        (world, window) -> {
          List<RowChange> events = new ArrayList<>(world.versions().events(window));
          SourceTable table = world.scenario().table();
          table.rows().stream()
              .filter(row -> row.until() > window.after() && row.until() <= window.upTo().number())
              .filter(row -> !read.test(table, row))
              .forEach(row -> events.remove(RowChange.went(row.row())));
          return events;
        });
  }

  private interface Condition {
    Predicate<FeedbackRow> of(World world, Window.Written window);
  }

  private static Plant inWritten(int number, String what, Set<Trait> traits, Condition condition) {
    return Plant.inSource(
            number,
            what,
            traits,
            world ->
                new SimulatedSource(world) {
                  @Override
                  List<FeedbackRow> select(Window window) {
                    List<FeedbackRow> rows = super.select(window);
                    return window instanceof Window.Written written
                        ? rows.stream().filter(condition.of(world, written)).toList()
                        : rows;
                  }
                })
        .by(Way.TRACKED);
  }

  private static boolean isWrittenAnew(SourceTable table, RowVersion row) {
    return table.rows().stream().anyMatch(r -> r.id() == row.id() && r.from() == row.until());
  }

  private static Window.Versions after(Window.Versions window, long after) {
    long first = Math.min(after, window.upTo().number());
    return new Window.Versions(
        window.horizon(), first, window.upTo(), window.from(), window.extent(), window.slice());
  }
}
