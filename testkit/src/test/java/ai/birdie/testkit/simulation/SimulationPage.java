package ai.birdie.testkit.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** docs/reference/simulation.md. */
record SimulationPage(List<Capture> captures, Map<String, Score> plain, Map<String, Score> all) {

  String text() {
    return """
    # What the simulator plays, and what it finds

    The simulator (module `testkit`, package `ai.birdie.testkit.simulation`) runs the real planner and the real loop against a table that
    lives on virtual time. Everything follows from one seed: up to four writers, whose clocks differ by up to 5.5 s and who round their stamps
    to a millisecond, a second, or a minute; 50 to 130 transactions in three hours, which stamp rows when they start and show them when they commit (half of
    them within 1.1 s, the slowest after 15 min); batches, ties, updates; when runs begin, how long each statement takes, and at which step a run is killed. Besides,
    each of these is drawn for a quarter of the histories: %s.

    Each history is played in each of four ways of reading, and when all is quiet, the oracle compares store and source row by row, by key, cursor, and content, and
    verifies every receipt:

    | way | what is demanded of every history |
    |---|---|
    | change feed | store and source are equal: nothing lost, doubled, stale, or left over. Where the first load was killed, or the table has forgotten what became of a version, rows that went meanwhile may be left over |
    | row tracking | nothing lost, doubled, or stale; rows that went may be left over |
    | pinned versions, and cursor | nothing lost that was seen within the lag, nothing doubled; nothing stale that was seen within it, where every row has a stamp that the clock has passed and keeps its key, and no clock goes back, as local time does in autumn; and after `reconcile` nothing lost, doubled, or stale |
    | all | in every second history somebody reconciles after one of the runs, and deletes what is gone: no record leaves that the source has had all the while. When that is done at the end, store and source are equal |

    In every history with an odd seed each run compares a part of the feed, so that within six hours all of it has been. There, in the last two ways, runs on a source at rest must have found
    every lost row after six hours, and have nothing stale after twelve, before anybody reconciles.

    `SimulationIT` plays 20,000 histories in memory, `DuckSimulationIT` 500 with the real store, by two or three of their runs, a quarter of them in each way; `SimulationTest` kills a run at each of its
    steps in turn. To play other ones: `-Dbirdie.histories=N -Dbirdie.seed=S`. `PlantsIT` fails when this page is not what it would write
    (`./mvnw -pl testkit -am verify -Dtest=NoSuch -Dit.test=PlantsIT -Dsurefire.failIfNoSpecifiedTests=false
      -Dfailsafe.failIfNoSpecifiedTests=false -Dbirdie.reference=write`).

    Once, seeds 1 to 250,000 were played in each way, a million histories, by `./mvnw -pl testkit -am verify -Dtest=NoSuch -Dit.test=SimulationIT -Dsurefire.failIfNoSpecifiedTests=false
    -Dfailsafe.failIfNoSpecifiedTests=false -Dbirdie.histories=1000000`. By the change feed and by row tracking all of them kept the promise; by pinned versions and by the cursor 31 seeds
    did not, of which some in both. In 12 of 125,000 by the cursor a lost row was not found within six hours: what a run lands moves the borders between parts, and a row that came by that from a part still to be
    compared into one that had been, waited for the next round. A run compares its part again since, once it has landed something, and begins with the end of the part before. In 13 of 250,000 a record that was changed twice in the hour that autumn repeats was
    taken for older than it was; in local time that is not promised any more. All 31 keep the promise now, in both ways.

    ## How ways of reading compare

    %s histories in which nothing is odd but that writers commit late, by share of histories, and the rows lost of ten thousand:

    %s
    And with whatever is drawn of the above; deletes, for one, no rule by a cursor can see:

    %s
    *Lost*: the source has the row, the store has not. *Stale*: the store has it as it was before. *Doubled*: more than once. *Left over*: the source has it no longer.
    What a cursor with a lag promises is that no row is lost which became visible within the lag; in all histories there is none.
    Where nothing is odd but lateness, store and source are equal. What is lost or stale beside became visible longer after its stamp than the lag: old stamps, and
    changes that leave the stamp as it was; or it had no stamp, or one ahead of the clock, and then got an older one; or its key was changed. That is for reconciliation to find.

    ## What is planted, and found

    Each line is a mistake that was made on purpose, in the planner's input, the loop, the source, or the store; the number is that of the catalogue of ways to lose a row by
    which Birdie is built. The seed is the first whose history shows it: by what the store then holds more wrongly than without the mistake, because windows
    remain unproved, or because a receipt does not balance and the window is refused. The last column has the first seed whose history ends with it otherwise than is
    promised above: on that, `SimulationIT` would fail. Whoever looks back for less promises less, too.

    | # | what is wrong | seed | found | promise broken by seed |
    |---|---|---|---|---|
    %s
    """
        .formatted(
            traits(),
            String.format(Locale.ROOT, "%,d", Scores.HISTORIES),
            table(plain),
            table(all),
            captures.stream().map(SimulationPage::row).collect(Collectors.joining("\n")));
  }

  private static String traits() {
    return Arrays.stream(Trait.values())
        .map(trait -> trait.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private static String table(Map<String, Score> scores) {
    return scores.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .collect(
            Collectors.joining(
                "",
                "| rule | lost | stale | doubled | left over | rows lost /10k |\n|---|---|---|---|---|---|\n",
                ""));
  }

  private static String row(String rule, Score score) {
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            rule,
            percent(score.share(Fault.LOST)),
            percent(score.share(Fault.STALE)),
            percent(score.share(Fault.DOUBLED)),
            percent(score.share(Fault.GHOST)),
            String.format(Locale.ROOT, "%.1f", score.perTenThousand(Fault.LOST)));
  }

  /** The end of a row that says how often a rule lost rows, kept them stale, and doubled them. */
  static String figures(Score score) {
    return "| %s | %s | %s |"
        .formatted(
            percent(score.share(Fault.LOST)),
            percent(score.share(Fault.STALE)),
            percent(score.share(Fault.DOUBLED)));
  }

  private static String row(Capture capture) {
    Plant plant = capture.plant();
    return "| %d | %s | %d | %s | %s |"
        .formatted(
            plant.number(),
            plant.what(),
            capture.seed(),
            capture.how(),
            capture.broken().isPresent() ? Long.toString(capture.broken().getAsLong()) : "-");
  }

  private static String percent(double share) {
    return share == 0 ? "0" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
