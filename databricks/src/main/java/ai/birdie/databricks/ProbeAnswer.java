package ai.birdie.databricks;

import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Portion;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Since;
import ai.birdie.core.window.TableVersion;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.statement.Counts;
import ai.birdie.databricks.statement.InlineAnswer;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a warehouse answers to the probe and to the control query, as the domain has it. */
final class ProbeAnswer {

  private final InlineAnswer answer;
  private final String purpose;

  /**
   * @param purpose what was done, for messages
   */
  ProbeAnswer(InlineAnswer answer, String purpose) {
    this.answer = answer;
    this.purpose = purpose;
  }

  private Map<String, List<Optional<String>>> lines() {
    Map<String, List<Optional<String>>> lines = new HashMap<>();
    for (List<Optional<String>> line : answer.rows()) {
      if (lines.put(line.get(0).orElse(""), line) != null) {
        throw DatabricksErrors.incomplete(purpose, "the answer has a line twice");
      }
    }
    return lines;
  }

  /**
   * The probe.
   *
   * @throws ai.birdie.core.error.IncompleteException if it is none
   */
  Probe probe(CursorScale scale, Inquiry inquiry) {
    Map<String, List<Optional<String>>> lines = lines();
    List<Optional<String>> feed = lines.getOrDefault(FeedSql.PROBED_FEED, List.of());
    if (feed.isEmpty()) {
      throw DatabricksErrors.incomplete(purpose, "the probe has no line of the feed");
    }
    Counts numbers = numbers(feed);
    Horizon horizon = new Horizon(instant(numbers, 1), scale);
    return new Probe(
        answer.statementId(),
        horizon,
        numbers.optional(2),
        numbers.number(3),
        numbers.number(4),
        numbers.number(5),
        cuts(numbers.numbers(6), scale),
        inquiry.recent().map(recent -> recent(horizon, recent, lines)));
  }

  /** A probe of what has come after a version. */
  Probe since(Horizon horizon, Since since) {
    return new Probe(
        answer.statementId(),
        horizon,
        Optional.empty(),
        0,
        0,
        0,
        List.of(),
        Optional.empty(),
        Optional.of(since));
  }

  /** The clock of a statement whose every line begins with it. */
  Instant clock() {
    return instant(numbers(first()), 0);
  }

  /** The lines of {@code VersionSql.events}, oldest first. */
  List<Since.Commit> commits() {
    return answer.rows().stream()
        .filter(line -> line.get(1).isPresent())
        .map(this::commit)
        .sorted(Comparator.comparingLong(commit -> commit.version().number()))
        .toList();
  }

  private Since.Commit commit(List<Optional<String>> line) {
    Counts numbers = numbers(line);
    return new Since.Commit(
        new TableVersion(numbers.number(1), instant(numbers, 2)), total(line, 3));
  }

  /** The line of {@code VersionSql.written}. */
  Since.Tracked tracked() {
    return new Since.Tracked(total(first(), 2), numbers(first()).number(1));
  }

  /** The lines of {@code VersionSql.history}. */
  RecentVersions history() {
    return new RecentVersions(
        answer.rows().stream()
            .map(line ->
                new RecentVersions.Commit(
                    new TableVersion(numbers(line).number(0), time(line.get(1))),
                    line.get(4).orElse("")))
            .toList());
  }

  private List<Optional<String>> first() {
    if (answer.rows().isEmpty()) {
      throw DatabricksErrors.incomplete(purpose, "the answer has no line");
    }
    return answer.rows().get(0);
  }

  private Counts numbers(List<Optional<String>> line) {
    return new Counts(line, purpose);
  }

  private static Instant instant(Counts numbers, int column) {
    return Instant.EPOCH.plus(numbers.number(column), ChronoUnit.MICROS);
  }

  private Instant time(Optional<String> text) {
    try {
      return OffsetDateTime.parse(text.orElse("")).toInstant();
    } catch (DateTimeParseException e) {
      throw DatabricksErrors.incomplete(purpose, "the answer has no time where one belongs");
    }
  }

  private Total total(List<Optional<String>> line, int column) {
    return new Total(numbers(line).number(column), sum(line.get(column + 1)));
  }

  private BigInteger sum(Optional<String> text) {
    try {
      return new BigInteger(text.orElse(""));
    } catch (NumberFormatException e) {
      throw DatabricksErrors.incomplete(purpose, "the answer has text where a number belongs");
    }
  }

  /** The control totals of so many windows. */
  List<ControlTotal> totals(int windows) {
    Map<String, List<Optional<String>>> lines = lines();
    return IntStream.range(0, windows)
        .mapToObj(i -> new ControlTotal(answer.statementId(), total(Integer.toString(i), lines)))
        .toList();
  }

  private Probe.Recent recent(
      Horizon horizon, Inquiry.Recent asked, Map<String, List<Optional<String>>> lines) {
    List<Portion> portions = new ArrayList<>();
    for (int i = 0; i < asked.intervals().size(); i++) {
      portions.add(new Portion(asked.intervals().get(i), total(Integer.toString(i), lines)));
    }
    long settled =
        horizon.scale().floor(horizon.clock().minus(asked.settleMicros(), ChronoUnit.MICROS));
    if (settled > asked.frontier()) {
      Interval unread = new Interval(asked.frontier(), settled);
      portions.add(new Portion(unread, total(FeedSql.PROBED_NEW, lines)));
    }
    return new Probe.Recent(
        total(FeedSql.PROBED_WITHOUT_CURSOR, lines), total(FeedSql.PROBED_AHEAD, lines), portions);
  }

  private Total total(String part, Map<String, List<Optional<String>>> lines) {
    List<Optional<String>> line = lines.getOrDefault(part, List.of());
    if (line.isEmpty()) {
      return Total.NONE;
    }
    return total(line, 1);
  }

  private static List<Long> cuts(List<Long> cuts, CursorScale scale) {
    return cuts.stream()
        // the function computes with floating-point numbers
        .map(cut -> Math.floorDiv(cut, scale.unitMicros()) * scale.unitMicros())
        .sorted()
        .toList();
  }
}
