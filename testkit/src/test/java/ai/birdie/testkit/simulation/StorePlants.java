package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What could be wrong with landing. */
final class StorePlants {

  private static final long MINUTE = 60_000_000;
  private static final long DAY = 1_440 * MINUTE;

  private StorePlants() {}

  static List<Plant> all() {
    return Stream.of(records(), coverage(), transactions()).flatMap(List::stream).toList();
  }

  private static List<Plant> records() {
    return List.of(
        inRecords(
            2,
            "what is read is appended",
            Set.of(),
            () -> {
              AtomicInteger rows = new AtomicInteger();
              return row -> new Identity.Keyless(row.hash(), rows.incrementAndGet());
            }),
        inRecords(
            17,
            "equal rows without a key are one record",
            Set.of(Trait.KEYLESS_ROWS),
            () ->
                row ->
                    Identities.isKeyed(row)
                        ? new Identity.Keyed(row.id().orElseThrow())
                        : new Identity.Keyless(row.hash(), 1)),
        inRecords(
            33,
            "keys that differ by case are one",
            Set.of(),
            () -> row -> new Identity.Keyed(row.id().orElseThrow().toLowerCase(Locale.ROOT))),
        Plant.inTestedStore(
            19,
            "the older version of a record wins",
            Set.of(),
            () ->
                TestedStore.of(
                    new MemoryStore(Plant.CLOCK, StoredRow.ORDER.reversed(), Identities::new))),
        afterCommit(
            34,
            "rows that break the contract are counted and not kept",
            Set.of(Trait.KEYLESS_ROWS),
            (history, window) ->
                history.rows().keySet().removeIf(Identity.Keyless.class::isInstance)));
  }

  private static List<Plant> coverage() {
    return List.of(
        inCoverage(
            9,
            "the watermark is the largest cursor that was read",
            Set.of(Trait.FUTURE_STAMPS),
            history -> reaching(history.coverage(), largest(history))),
        inCoverage(
            12,
            "a day that is not over counts as read",
            Set.of(Trait.DATES),
            history -> stretched(history.coverage(), DAY)),
        afterCommit(21, "a slice covers what its window does", Set.of(), StorePlants::cover),
        afterCommit(
            3,
            "what is covered ends two hours after the horizon",
            Set.of(),
            (history, window) ->
                window
                    .covers()
                    .map(interval -> new Interval(interval.from(), interval.to() + 120 * MINUTE))
                    .ifPresent(history::cover)));
  }

  private static List<Plant> transactions() {
    return List.of(
        Plant.inStore(
            20,
            "what is covered is written before the rows are",
            Set.of(),
            store ->
                new ForwardingStore(store) {
                  @Override
                  public Landing begin(Feed feed, Window window) {
                    cover(store.history(feed), window);
                    return super.begin(feed, window);
                  }
                }),
        Plant.inStore(
            20,
            "rows are written before their receipt is",
            Set.of(),
            store ->
                new ForwardingStore(store) {
                  @Override
                  public Landing begin(Feed feed, Window window) {
                    return new MemoryLanding(store, feed, window) {
                      @Override
                      public Total land(BatchReader batches) {
                        Total total = super.land(batches);
                        Identities identities = new Identities();
                        landed()
                            .forEach(row ->
                                store.history(feed).rows().put(identities.of(row.row()), row));
                        return total;
                      }
                    };
                  }
                }),
        Plant.inTestedStore(
            35,
            "after a crash the rows are a backup's, and what is covered is not",
            Set.of(),
            RestoredStore::new));
  }

  /** What is done to a history behind the store's back. */
  private interface Deed {
    void to(MemoryHistory history, Window window);
  }

  private static Plant afterCommit(int number, String what, Set<Trait> traits, Deed deed) {
    return Plant.inStore(
        number,
        what,
        traits,
        store ->
            new ForwardingStore(store) {
              @Override
              public Landing begin(Feed feed, Window window) {
                return new MemoryLanding(store, feed, window) {
                  @Override
                  public Receipt commit(Proof proof, Control control) {
                    Receipt receipt = super.commit(proof, control);
                    deed.to(store.history(feed), window);
                    return receipt;
                  }
                };
              }
            });
  }

  private static Plant inCoverage(
      int number, String what, Set<Trait> traits, Function<MemoryHistory, Coverage> wrong) {
    return Plant.inStore(
        number,
        what,
        traits,
        store ->
            new ForwardingStore(store) {
              @Override
              public Coverage coverage(Feed feed) {
                return wrong.apply(store.history(feed));
              }
            });
  }

  private static Plant inRecords(
      int number, String what, Set<Trait> traits, Supplier<Function<FeedbackRow, Identity>> wrong) {
    return Plant.inTestedStore(
        number,
        what,
        traits,
        () -> {
          Function<FeedbackRow, Identity> record = wrong.get();
          Supplier<Identities> identities =
              () ->
                  new Identities() {
                    @Override
                    Identity of(FeedbackRow row) {
                      return record.apply(row);
                    }
                  };
          return TestedStore.of(new MemoryStore(Plant.CLOCK, StoredRow.ORDER, identities));
        });
  }

  private static void cover(MemoryHistory history, Window window) {
    if (window instanceof Window.Range range) {
      history.cover(range.interval());
    }
  }

  private static long largest(MemoryHistory history) {
    return history.rows().values().stream()
        .mapToLong(stored -> stored.row().position().orElse(Long.MIN_VALUE))
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private static Coverage stretched(Coverage coverage, long by) {
    return coverage.frontier().isEmpty()
        ? coverage
        : reaching(coverage, coverage.frontier().getAsLong() + by);
  }

  private static Coverage reaching(Coverage coverage, long end) {
    return coverage.intervals().isEmpty() || end <= coverage.frontier().getAsLong()
        ? coverage
        : coverage.plus(new Interval(coverage.frontier().getAsLong(), end));
  }
}
