package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  private static final long HOUR = 3_600_000_000L;
  private static final Horizon NOON = at("1970-01-01T12:00:00Z");

  private final Planner planner = new Planner();

  @Test
  void readsEverythingFromTheSmallestCursorToTheHorizonAtFirst() {
    assertThat(ranges(planner.plan(feed(), Coverage.none(), probe(NOON, 5))))
        .containsExactly(new Interval(5, 12 * HOUR));
  }

  @Test
  void startsWhereTheFeedSays() {
    Feed feed = feed(Optional.of(Instant.parse("1970-01-01T02:00:00Z")), Duration.ZERO, 1_000);
    assertThat(ranges(planner.plan(feed, Coverage.none(), probe(NOON, 5))))
        .containsExactly(new Interval(2 * HOUR, 12 * HOUR));
  }

  @Test
  void readsWhatMayHaveChangedNewestFirstAndThenWhatIsNew() {
    Coverage covered = covered(0, 10 * HOUR);
    List<Window> windows = planner.plan(feed(), covered, recent(NOON, covered)).windows();

    assertThat(windows.subList(0, 12)).allMatch(Window.Bucket.class::isInstance);
    assertThat(windows.get(0))
        .isEqualTo(new Window.Bucket(NOON, new Interval(10 * HOUR - HOUR / 12, 10 * HOUR)));
    assertThat(windows.subList(12, 15))
        .containsExactly(
            new Window.Range(NOON, new Interval(10 * HOUR, 12 * HOUR)),
            new Window.NullCursor(NOON),
            new Window.Future(NOON, 12 * HOUR));
  }

  @Test
  void joinsBucketsThatDifferAndLeavesOthersOut() {
    Coverage covered = covered(0, 10 * HOUR);
    Plan plan = planner.plan(feed(), covered, recent(NOON, covered));
    long part = HOUR / 12;
    Interval same = new Interval(10 * HOUR - 3 * part, 10 * HOUR - 2 * part);

    Plan narrowed =
        plan.narrowed(asked ->
                asked.stream()
                    .map(window ->
                        window.bounded().equals(Optional.of(same))
                            ? requireNonNull(plan.known().get(window)).total()
                            : Total.NONE)
                    .toList())
            .joined(40);

    List<Interval> buckets =
        narrowed.windows().stream()
            .filter(Window.Bucket.class::isInstance)
            .flatMap(window -> window.bounded().stream())
            .toList();
    assertThat(buckets)
        .containsExactly(
            new Interval(10 * HOUR - 2 * part, 10 * HOUR),
            new Interval(10 * HOUR - 7 * part, 10 * HOUR - 3 * part),
            new Interval(10 * HOUR - 11 * part, 10 * HOUR - 7 * part),
            new Interval(9 * HOUR, 10 * HOUR - 11 * part));
    assertThat(narrowed.known())
        .containsEntry(
            narrowed.windows().get(1),
            new ControlTotal("probe", new Total(40, BigInteger.valueOf(40))));
  }

  @Test
  void knowsOfWhatMayHaveChangedWhatTheProbeSaid() {
    Coverage covered = covered(0, 10 * HOUR);
    Plan plan = planner.plan(feed(), covered, recent(NOON, covered));

    assertThat(plan.known().keySet()).containsExactlyInAnyOrderElementsOf(plan.windows());
    assertThat(plan.known().values()).allMatch(known -> known.statementId().equals("probe"));
  }

  @Test
  void asksForTotalsOfTheLagBelowEachEndOfWhatIsCovered() {
    Coverage covered = covered(0, 2 * HOUR).plus(new Interval(4 * HOUR, 6 * HOUR));
    Inquiry.Recent recent =
        planner.inquiry(feed(), covered, CursorScale.TIMESTAMP).recent().orElseThrow();

    assertThat(recent.frontier()).isEqualTo(6 * HOUR);
    assertThat(recent.from()).isEqualTo(HOUR);
    assertThat(new Coverage(recent.intervals()))
        .isEqualTo(covered(HOUR, 2 * HOUR).plus(new Interval(5 * HOUR, 6 * HOUR)));
    assertThat(recent.intervals()).hasSize(12);
  }

  @Test
  void asksForNoTotalsBeforeAnythingIsCovered() {
    Inquiry inquiry = planner.inquiry(feed(), Coverage.none(), CursorScale.TIMESTAMP);
    assertThat(inquiry.recent()).isEmpty();
    assertThat(inquiry.due()).isEmpty();
  }

  @Test
  void looksADayBackInAColumnOfDates() {
    CursorScale days = CursorScale.days(ZoneOffset.UTC);
    Coverage covered = covered(0, 10 * 24 * HOUR);
    assertThat(planner.inquiry(feed(), covered, days).recent().orElseThrow().intervals())
        .containsExactly(new Interval(9 * 24 * HOUR, 10 * 24 * HOUR));
  }

  @Test
  void readsWhatAppearsBelowTheOldestThatWasCovered() {
    assertThat(ranges(planner.plan(feed(), covered(5 * HOUR, 12 * HOUR), probe(NOON, HOUR))))
        .containsExactly(new Interval(HOUR, 5 * HOUR));
  }

  @Test
  void fillsTheGapsThatAnInterruptedBackfillLeft() {
    Coverage covered = covered(0, 2 * HOUR).plus(new Interval(4 * HOUR, 6 * HOUR));
    assertThat(ranges(planner.plan(feed(), covered, probe(NOON, 0))))
        .containsExactly(new Interval(2 * HOUR, 4 * HOUR), new Interval(6 * HOUR, 12 * HOUR));
  }

  @Test
  void refusesACursorThatIsMeasuredOtherwiseThanBefore() {
    Coverage covered =
        new Coverage(
            List.of(new Interval(0, HOUR)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(CursorScale.days(ZoneOffset.UTC)),
            Optional.empty());

    assertThatThrownBy(() -> planner.inquiry(feed(), covered, CursorScale.TIMESTAMP))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> planner.plan(feed(), covered, probe(NOON, 0)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("was in whole days (UTC)")
        .hasMessageContaining("is in microseconds (UTC) now");
  }

  @Test
  void plansNothingAndWarnsWhenTheSourcesClockWentBack() {
    Plan plan = planner.plan(feed(), covered(0, 13 * HOUR), probe(NOON, 0));
    assertThat(plan.windows()).isEmpty();
    assertThat(plan.warnings()).singleElement().asString().contains("1970-01-01T13:00Z");
    assertThat(plan.outcome()).isEqualTo(Plan.Outcome.REFUSED);
  }

  @Test
  void goesOnInAnHourThatTheColumnsZoneRepeats() {
    CursorScale berlin = CursorScale.local(ZoneId.of("Europe/Berlin"));
    Horizon first = new Horizon(Instant.parse("2026-10-25T00:50:00Z"), berlin);
    Horizon repeated = new Horizon(Instant.parse("2026-10-25T01:10:00Z"), berlin);
    Coverage covered = covered(0, first.position());

    Plan plan = planner.plan(feed(), covered, recent(repeated, covered));

    assertThat(repeated.position()).isLessThan(first.position());
    assertThat(plan.outcome()).isEqualTo(Plan.Outcome.REACHES_THE_HORIZON);
    assertThat(ranges(plan)).isEmpty();
    assertThat(plan.windows()).hasSizeGreaterThan(2);
    assertThat(plan.windows()).contains(new Window.Future(repeated, repeated.position()));
    assertThat(new Coverage(plan.windows().stream().flatMap(w -> w.bounded().stream()).toList()))
        .isEqualTo(covered(first.position() - 2 * HOUR, first.position()));
  }

  @Test
  void refusesInARepeatedHourToFollowAClockThatWentBackFurther() {
    CursorScale berlin = CursorScale.local(ZoneId.of("Europe/Berlin"));
    Horizon repeated = new Horizon(Instant.parse("2026-10-25T01:10:00Z"), berlin);
    Coverage covered = covered(0, repeated.position() + HOUR);

    assertThat(planner.plan(feed(), covered, recent(repeated, covered)).outcome())
        .isEqualTo(Plan.Outcome.REFUSED);
  }

  @Test
  void goesOnWithWhatHasNoStampWhenOnlySettlingHoldsBack() {
    Feed feed = feed(Optional.empty(), Duration.ofHours(2), 1_000);
    Probe probe = probe(NOON, Optional.of(0L), 1, 0, 0, List.of());
    Plan plan = planner.plan(feed, covered(0, 11 * HOUR), probe);
    assertThat(plan.windows()).contains(new Window.NullCursor(NOON));
    assertThat(plan.outcome()).isEqualTo(Plan.Outcome.REACHES_THE_HORIZON);
  }

  @Test
  void readsNothingAgainThatHasNotSettled() {
    Feed feed = feed(Optional.empty(), Duration.ofHours(1), 1_000);
    Instant from = Instant.parse("1970-01-01T03:00:00Z");
    Plan plan = planner.reread(feed, Coverage.none(), probe(NOON, 0), from, NOON.clock());
    assertThat(ranges(plan)).containsExactly(new Interval(3 * HOUR, 11 * HOUR));
  }

  @Test
  void countsWhatLiesBelowAndAboveWhatIsCovered() {
    assertThat(planner.inquiry(feed(), covered(5 * HOUR, 9 * HOUR), CursorScale.TIMESTAMP).due())
        .contains(new Inquiry.Due(9 * HOUR, 5 * HOUR));
  }

  @Test
  void holdsBackTheYoungestRowsForAsLongAsTheyMustSettle() {
    Feed feed = feed(Optional.empty(), Duration.ofMinutes(30), 1_000);
    assertThat(ranges(planner.plan(feed, Coverage.none(), probe(NOON, 0))))
        .containsExactly(new Interval(0, 11 * HOUR + HOUR / 2));
  }

  @Test
  void readsRowsWithoutACursorAndAheadOfTheClockEveryTime() {
    Probe probe = probe(NOON, Optional.of(0L), 3, 2, 0, List.of());
    Plan plan = planner.plan(feed(), covered(0, 12 * HOUR), probe);
    assertThat(plan.windows())
        .contains(new Window.NullCursor(NOON), new Window.Future(NOON, 12 * HOUR));
  }

  @Test
  void readsTodaysRowsOfADateColumnWithoutCoveringTheDay() {
    Horizon noon =
        new Horizon(Instant.parse("1970-01-05T12:00:00Z"), CursorScale.days(ZoneOffset.UTC));
    long today = 4 * 24 * HOUR;
    Plan plan =
        planner.plan(feed(), Coverage.none(), probe(noon, Optional.of(0L), 0, 7, 9, List.of()));
    assertThat(plan.windows())
        .containsExactly(
            new Window.Range(noon, new Interval(0, today)), new Window.Future(noon, today));
  }

  @Test
  void plansNothingForAnEmptyTable() {
    Plan plan =
        planner.plan(feed(), Coverage.none(), probe(NOON, Optional.empty(), 0, 0, 0, List.of()));
    assertThat(plan.windows()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void cutsALargeRangeIntoWindowsOfAboutTheWantedSize() {
    List<Long> quantiles = new ArrayList<>();
    for (long i = 1; i < 100; i++) {
      quantiles.add(i * 1_000);
    }
    Probe probe = probe(NOON, Optional.of(0L), 0, 0, 10_000, quantiles);

    List<Interval> windows = ranges(planner.plan(feed(), Coverage.none(), probe));

    assertThat(windows).hasSize(10);
    assertThat(windows.get(0)).isEqualTo(new Interval(0, 10_000));
    assertThat(windows.get(9)).isEqualTo(new Interval(90_000, 12 * HOUR));
  }

  @Test
  void readsARangeAgainWhateverIsCovered() {
    Plan plan =
        planner.reread(
            feed(),
            covered(0, 5 * HOUR),
            probe(NOON, 0),
            Instant.parse("1970-01-01T03:00:00Z"),
            Instant.parse("1970-02-01T00:00:00Z"));
    assertThat(plan.windows())
        .containsExactly(
            new Window.Range(NOON, new Interval(5 * HOUR, 12 * HOUR)),
            new Window.Bucket(NOON, new Interval(3 * HOUR, 5 * HOUR)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void leavesNoGapAndReadsNoPositionTwiceInARun(long seed) {
    Random random = new Random(seed);
    Coverage covered = Coverage.none();
    for (int i = 0; i < random.nextInt(5); i++) {
      long from = random.nextLong(11 * HOUR);
      covered = covered.plus(new Interval(from, from + 1 + random.nextLong(HOUR)));
    }
    List<Long> quantiles = random.longs(50, 0, 12 * HOUR).sorted().boxed().toList();
    Probe probe = probe(NOON, Optional.of(0L), 0, 0, random.nextLong(20_000), quantiles);

    List<Interval> windows = ranges(planner.plan(feed(), covered, probe));

    Coverage after = covered;
    long end = Long.MIN_VALUE;
    for (Interval window : windows) {
      assertThat(window.from()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
      end = window.to();
      after = after.plus(window);
    }
    assertThat(after).as("seed %d", seed).isEqualTo(covered(0, 12 * HOUR));
  }

  @Test
  void readsWhatIsNewestFirstWhereTheFeedSaysSo() {
    List<Long> quantiles = new ArrayList<>(Collections.nCopies(60, HOUR));
    quantiles.addAll(Collections.nCopies(39, 2 * HOUR));
    Probe probe = probe(NOON, Optional.of(HOUR), 0, 0, 10_000, quantiles);
    Coverage covered = covered(3 * HOUR, 4 * HOUR);

    List<Window> windows = planner.plan(feed().newestFirst(), covered, probe).windows();

    assertThat(windows.stream().map(w -> ((Window.Range) w).interval()).distinct())
        .containsExactly(
            new Interval(4 * HOUR, 12 * HOUR),
            new Interval(2 * HOUR, 3 * HOUR),
            new Interval(HOUR, 2 * HOUR));
    assertThat(windows)
        .containsExactlyInAnyOrderElementsOf(planner.plan(feed(), covered, probe).windows());
    assertThat(windows).last().extracting(Window::slice).isEqualTo(Slice.WHOLE.in(6).get(5));
  }

  @Test
  void slicesWhatOneCursorValueHoldsTooMuchOf() {
    List<Long> quantiles = new ArrayList<>(Collections.nCopies(80, HOUR));
    quantiles.addAll(Collections.nCopies(19, 2 * HOUR));
    Probe probe = probe(NOON, Optional.of(HOUR), 0, 0, 10_000, quantiles);

    List<Window> windows = planner.plan(feed(), Coverage.none(), probe).windows();

    Interval batch = new Interval(HOUR, 2 * HOUR);
    List<Slice> slices =
        windows.stream()
            .filter(window -> ((Window.Range) window).interval().equals(batch))
            .map(Window::slice)
            .toList();
    assertThat(slices).isEqualTo(Slice.WHOLE.in(8));
    assertThat(windows).hasSize(9).last().extracting(Window::slice).isEqualTo(Slice.WHOLE);
    assertThat(ranges(planner.plan(feed(), Coverage.none(), probe)))
        .containsExactly(batch, new Interval(2 * HOUR, 12 * HOUR));
  }

  @Test
  void everyBucketHasItsTurnWithinTheCycleHoweverRunsLie() {
    Feed feed = feed().comparedWithin(Duration.ofHours(24));
    List<Window> buckets =
        planner.buckets(feed(), covered(0, 24 * HOUR), NOON, List.of(HOUR, 2 * HOUR));
    long seed = Long.getLong("birdie.seed", System.nanoTime());
    System.out.println("PlannerTest: -Dbirdie.seed=" + seed);
    Random random = new Random(seed);
    List<Window> compared = new ArrayList<>();
    Instant last = Instant.parse("2026-01-01T00:00:00Z");
    Instant end = last.plus(Duration.ofHours(24));
    while (last.isBefore(end)) {
      Instant next = last.plusSeconds(1 + random.nextInt(20_000));
      compared.addAll(planner.due(feed, compared(last), at(next.toString()), () -> buckets));
      last = next;
    }
    assertThat(compared).containsAll(buckets);
  }

  @Test
  void noRowIsLeftOutWhereEachTurnFindsTheFeedCutALittleOtherwise() {
    Feed feed = feed().comparedWithin(Duration.ofHours(24));
    Coverage covered = covered(0, (Planner.PARTS + 1) * HOUR);
    Horizon after = at("1970-01-06T00:00:00Z");
    long seed = Long.getLong("birdie.seed", System.nanoTime());
    System.out.println("PlannerTest: -Dbirdie.seed=" + seed);
    Random random = new Random(seed);
    Coverage compared = Coverage.none();
    Instant last = Instant.parse("2026-01-01T00:00:00Z");
    for (int turn = 0; turn < 24; turn++) {
      Instant next = last.plus(Duration.ofHours(1));
      List<Long> cuts =
          LongStream.rangeClosed(1, Planner.PARTS)
              .map(part -> part * HOUR + random.nextLong(-HOUR / 2, HOUR / 2))
              .boxed()
              .toList();
      List<Window> buckets = planner.buckets(feed, covered, after, cuts);
      for (Window window : planner.due(feed, compared(last), at(next.toString()), () -> buckets)) {
        if (window instanceof Window.Bucket bucket) {
          compared = compared.plus(bucket.interval());
        }
      }
      last = next;
    }
    assertThat(compared.gaps(new Interval(0, (Planner.PARTS + 1) * HOUR))).isEmpty();
  }

  @Test
  void comparesEachBucketOnceAfterAnAbsenceAndNoneWithoutACycle() {
    Feed feed = feed().comparedWithin(Duration.ofHours(24));
    List<Window> buckets =
        planner.buckets(feed(), covered(0, 10 * HOUR), NOON, List.of(HOUR, 2 * HOUR));
    Coverage before = compared(NOON.clock());
    Horizon later = at("1980-01-01T00:00:00Z");

    assertThat(planner.due(feed(), before, later, () -> buckets)).isEmpty();
    assertThat(planner.due(feed, before, later, () -> buckets))
        .containsExactlyInAnyOrderElementsOf(buckets);
    assertThat(planner.due(feed, covered(0, 10 * HOUR), later, () -> buckets))
        .as("no run has ended")
        .isEmpty();
    assertThat(planner.due(feed, before, NOON, () -> fail("no turn has come"))).isEmpty();
  }

  @Test
  void comparesWhatIsNotSettledOnlyWithAllElse() {
    Feed settling = feed(Optional.empty(), Duration.ofHours(1), 1_000);
    Coverage covered = covered(0, 11 * HOUR);

    assertThat(planner.buckets(settling, covered, NOON, List.of()))
        .contains(new Window.Future(NOON, 12 * HOUR));
    assertThat(planner.all(settling, covered, NOON, List.of()))
        .contains(new Window.Future(NOON, 11 * HOUR));
  }

  private static Coverage compared(Instant clock) {
    return new Coverage(
        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(clock));
  }

  @Test
  void comparesWhatTheClockHasPassedThoughNothingIsCovered() {
    Coverage landed =
        new Coverage(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOON.scale()),
            Optional.empty());
    Feed settling = feed(Optional.empty(), Duration.ofHours(1), 1_000);
    Feed started = feed(Optional.of(Instant.EPOCH), Duration.ZERO, 1_000);

    assertThat(older(feed(), landed)).containsExactly(12 * HOUR);
    assertThat(older(settling, landed)).as("not settled yet").containsExactly(11 * HOUR);
    assertThat(older(started, landed)).as("a run covers it").isEmpty();
    assertThat(older(feed(), Coverage.none())).as("before the first window").isEmpty();
  }

  /** The ends of the buckets, where each begins with the oldest row that there can be. */
  private List<Long> older(Feed feed, Coverage covered) {
    return planner.buckets(feed, covered, NOON, List.of()).stream()
        .flatMap(window -> window.bounded().stream())
        .map(Interval::to)
        .toList();
  }

  private static List<Interval> ranges(Plan plan) {
    return plan.windows().stream().flatMap(window -> window.covers().stream()).toList();
  }

  private static Coverage covered(long from, long to) {
    return Coverage.none().plus(new Interval(from, to));
  }

  private static Probe probe(Horizon horizon, long smallest) {
    return probe(horizon, Optional.of(smallest), 0, 0, 10, List.of());
  }

  private static Probe probe(
      Horizon horizon,
      Optional<Long> smallest,
      long withoutCursor,
      long ahead,
      long due,
      List<Long> quantiles) {
    return new Probe(
        "probe", horizon, smallest, withoutCursor, ahead, due, quantiles, Optional.empty());
  }

  /** Ten rows in each of the intervals that are asked for. */
  private Probe recent(Horizon horizon, Coverage covered) {
    Total ten = new Total(10, BigInteger.TEN);
    Inquiry.Recent asked = planner.inquiry(feed(), covered, horizon.scale()).recent().orElseThrow();
    List<Portion> portions = new ArrayList<>();
    asked.intervals().forEach(interval -> portions.add(new Portion(interval, ten)));
    if (asked.frontier() < horizon.position()) {
      portions.add(new Portion(new Interval(asked.frontier(), horizon.position()), ten));
    }
    return new Probe(
        "probe",
        horizon,
        Optional.of(0L),
        0,
        0,
        10,
        List.of(),
        Optional.of(new Probe.Recent(Total.NONE, ten, portions)));
  }

  private static Horizon at(String instant) {
    return new Horizon(Instant.parse(instant), CursorScale.TIMESTAMP);
  }

  private static Feed feed() {
    return feed(Optional.empty(), Duration.ZERO, 1_000);
  }

  private static Feed feed(Optional<Instant> start, Duration settle, long windowRows) {
    return new Feed(
        "reviews",
        "test.cloud.databricks.com",
        new TableName(Optional.of("main"), "voc", "review"),
        RecordKinds.REVIEW,
        List.of("feedback_id"),
        new Cursor("updated_at", Optional.empty(), Optional.empty()),
        Optional.empty(),
        start,
        Duration.ofHours(1),
        settle,
        windowRows);
  }
}
