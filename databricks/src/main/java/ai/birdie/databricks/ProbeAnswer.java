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
import ai.birdie.databricks.statement.InlineAnswer;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
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
    Horizon horizon =
        new Horizon(Instant.EPOCH.plus(number(feed.get(1)), ChronoUnit.MICROS), scale);
    return new Probe(
        answer.statementId(),
        horizon,
        feed.get(2).map(Long::valueOf),
        number(feed.get(3)),
        number(feed.get(4)),
        number(feed.get(5)),
        cuts(feed.get(6).orElse(""), scale),
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
    return instant(first().get(0));
  }

  /** The lines of {@code VersionSql.events}, oldest first. */
  List<Since.Commit> commits() {
    return answer.rows().stream()
        .filter(line -> line.get(1).isPresent())
        .map(line ->
            new Since.Commit(
                new TableVersion(number(line.get(1)), instant(line.get(2))), total(line, 3)))
        .sorted(Comparator.comparingLong(commit -> commit.version().number()))
        .toList();
  }

  /** The line of {@code VersionSql.written}. */
  Since.Tracked tracked() {
    return new Since.Tracked(total(first(), 2), number(first().get(1)));
  }

  /** The lines of {@code VersionSql.history}. */
  RecentVersions history() {
    return new RecentVersions(
        answer.rows().stream()
            .map(line ->
                new RecentVersions.Commit(
                    new TableVersion(number(line.get(0)), time(line.get(1))),
                    line.get(4).orElse("")))
            .toList());
  }

  private List<Optional<String>> first() {
    if (answer.rows().isEmpty()) {
      throw DatabricksErrors.incomplete(purpose, "the answer has no line");
    }
    return answer.rows().get(0);
  }

  private Instant instant(Optional<String> micros) {
    return Instant.EPOCH.plus(number(micros), ChronoUnit.MICROS);
  }

  private Instant time(Optional<String> text) {
    try {
      return OffsetDateTime.parse(text.orElse("")).toInstant();
    } catch (DateTimeParseException e) {
      throw DatabricksErrors.incomplete(purpose, "the answer has no time where one belongs");
    }
  }

  private Total total(List<Optional<String>> line, int column) {
    try {
      return new Total(number(line.get(column)), new BigInteger(line.get(column + 1).orElse("")));
    } catch (NumberFormatException e) {
      throw noNumber();
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

  private static List<Long> cuts(String text, CursorScale scale) {
    return Arrays.stream(text.split(","))
        .filter(cut -> !cut.isEmpty())
        .map(Long::valueOf)
        // the function computes with floating-point numbers
        .map(cut -> Math.floorDiv(cut, scale.unitMicros()) * scale.unitMicros())
        .sorted()
        .toList();
  }

  private long number(Optional<String> value) {
    try {
      return Long.parseLong(value.orElse(""));
    } catch (NumberFormatException e) {
      throw noNumber();
    }
  }

  private RuntimeException noNumber() {
    return DatabricksErrors.incomplete(purpose, "the answer has text where a number belongs");
  }
}
