package ai.birdie.testkit.simulation;

import ai.birdie.testkit.FeedbackRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Reads a scenario's table by a naive rule, and is compared by the same oracle as ours. */
public final class NaiveReader {

  private static final double CRASHES = 0.05;

  private final Scenario scenario;
  private final NaiveRule rule;
  private final SplittableRandom random;
  private final List<FeedbackRow> appended = new ArrayList<>();
  private final Map<Identity, FeedbackRow> upserted = new LinkedHashMap<>();
  private long goesOnAt = Long.MIN_VALUE / 2;

  public NaiveReader(Scenario scenario, NaiveRule rule) {
    this.scenario = scenario;
    this.rule = rule;
    this.random = new SplittableRandom(scenario.seed() * 31);
  }

  /** Reads at each of the scenario's moments. */
  public Verdict play() {
    scenario.runs().forEach(this::run);
    return new Oracle(scenario).judge(held(), Set.of(), 0);
  }

  private void run(long moment) {
    long now = scenario.scale().floor(scenario.clock().at(moment));
    List<FeedbackRow> read =
        scenario
            .table()
            .at(scenario.table().versionAt(moment))
            .map(RowVersion::row)
            .filter(row -> rule.reads(row, goesOnAt, now))
            .toList();
    write(read);
    if (rule.bound() == NaiveRule.Bound.LARGEST) {
      read.forEach(row -> goesOnAt = Math.max(goesOnAt, row.position().orElse(goesOnAt)));
    } else if (rule.writing() == NaiveRule.Writing.UPSERT || random.nextDouble() >= CRASHES) {
      goesOnAt = now; // else it crashed between the data and its state
    }
  }

  private void write(List<FeedbackRow> read) {
    Identities identities = new Identities();
    for (FeedbackRow row : read) {
      if (rule.writing() == NaiveRule.Writing.APPEND) {
        appended.add(row);
      } else {
        upserted.put(identities.of(row), row);
      }
    }
  }

  /** What is shown: of what was appended, the rows of each record that have its largest cursor. */
  private List<FeedbackRow> held() {
    List<FeedbackRow> shown = new ArrayList<>(upserted.values());
    Map<String, List<FeedbackRow>> records =
        appended.stream().collect(Collectors.groupingBy(row -> row.id().orElse("")));
    records.forEach((key, versions) -> shown.addAll(key.isBlank() ? versions : newest(versions)));
    return shown;
  }

  private static List<FeedbackRow> newest(List<FeedbackRow> versions) {
    FeedbackRow newest =
        versions.stream()
            .max(Comparator.comparing(row -> row.position().orElseThrow()))
            .orElseThrow();
    return versions.stream().filter(row -> row.position().equals(newest.position())).toList();
  }
}
