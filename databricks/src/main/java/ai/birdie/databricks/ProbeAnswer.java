package ai.birdie.databricks;

import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Portion;
import ai.birdie.core.window.Probe;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.statement.InlineAnswer;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a warehouse answers to the probe and to the control query, as the domain has it. */
final class ProbeAnswer {

  private final InlineAnswer answer;
  private final String purpose;
  private final Map<String, List<Optional<String>>> lines = new HashMap<>();

  /**
   * @param purpose what was done, for messages
   * @throws ai.birdie.core.error.IncompleteException if a line is there twice
   */
  ProbeAnswer(InlineAnswer answer, String purpose) {
    this.answer = answer;
    this.purpose = purpose;
    for (List<Optional<String>> line : answer.rows()) {
      if (lines.put(line.get(0).orElse(""), line) != null) {
        throw DatabricksErrors.incomplete(purpose, "the answer has a line twice");
      }
    }
  }

  /**
   * The probe.
   *
   * @throws ai.birdie.core.error.IncompleteException if it is none
   */
  Probe probe(CursorScale scale, Inquiry inquiry) {
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
        inquiry.recent().map(recent -> recent(horizon, recent)));
  }

  /** The control totals of so many windows. */
  List<ControlTotal> totals(int windows) {
    return IntStream.range(0, windows)
        .mapToObj(i -> new ControlTotal(answer.statementId(), total(Integer.toString(i))))
        .toList();
  }

  private Probe.Recent recent(Horizon horizon, Inquiry.Recent asked) {
    List<Portion> portions = new ArrayList<>();
    for (int i = 0; i < asked.intervals().size(); i++) {
      portions.add(new Portion(asked.intervals().get(i), total(Integer.toString(i))));
    }
    long settled =
        horizon.scale().floor(horizon.clock().minus(asked.settleMicros(), ChronoUnit.MICROS));
    if (settled > asked.frontier()) {
      Interval unread = new Interval(asked.frontier(), settled);
      portions.add(new Portion(unread, total(FeedSql.PROBED_NEW)));
    }
    return new Probe.Recent(
        total(FeedSql.PROBED_WITHOUT_CURSOR), total(FeedSql.PROBED_AHEAD), portions);
  }

  private Total total(String part) {
    List<Optional<String>> line = lines.getOrDefault(part, List.of());
    if (line.isEmpty()) {
      return Total.NONE;
    }
    try {
      return new Total(number(line.get(1)), new BigInteger(line.get(2).orElse("")));
    } catch (NumberFormatException e) {
      throw noNumber();
    }
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
