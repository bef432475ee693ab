package ai.birdie.databricks;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mode;
import ai.birdie.core.feed.Way;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Reading;
import ai.birdie.core.window.Since;
import ai.birdie.core.window.TableVersion;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.sql.Query;
import ai.birdie.databricks.sql.VersionSql;
import ai.birdie.databricks.statement.RefusedStatement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Probes a feed in the strongest way that its table allows, found by trying: one whose statement
 * the warehouse refuses gives way to the next, and the reading says why.
 */
final class Ways {

  /** Asks one of the feed's statements. */
  interface Asking {

    /**
     * Asks a query.
     *
     * @param purpose what it is for, as an infinitive that finishes "cannot"
     * @throws RefusedStatement if the warehouse ends it, says why, and would again
     */
    ProbeAnswer ask(Query query, String purpose) throws RefusedStatement;
  }

  private final Feed feed;
  private final FeedSql sql;
  private final Coverage covered;
  private final Asking asking;
  private final CursorScale scale;
  private final Planner planner = new Planner();
  private final Set<String> reasons = new LinkedHashSet<>();
  private Optional<RecentVersions> history = Optional.empty();
  private Optional<RefusedStatement> untold = Optional.empty();
  private String lack = "";

  Ways(Feed feed, FeedSql sql, Coverage covered, Asking asking) {
    this.feed = feed;
    this.sql = sql;
    this.covered = covered;
    this.asking = asking;
    this.scale = sql.cursor().scale();
  }

  /**
   * Probes in the strongest way whose statements are not refused.
   *
   * @throws ai.birdie.core.error.BirdieException if the last way is refused too, or if something
   *     else fails: then no weaker way is tried, and the next run begins with the same
   */
  Probe probe() {
    List<Way> ways = ways();
    for (Way way : ways.subList(0, ways.size() - 1)) {
      try {
        return probe(way);
      } catch (RefusedStatement e) {
        reasons.add(lack);
      }
    }
    try {
      return probe(ways.get(ways.size() - 1));
    } catch (RefusedStatement e) {
      throw e.why();
    }
  }

  /** Strongest first; of those that are asked for, from the one on that was possible last. */
  private List<Way> ways() {
    List<Way> asked =
        switch (feed.mode()) {
          case AUTO -> List.of(Way.values());
          case CHANGES -> List.of(Way.CHANGES);
          case VERSION -> List.of(Way.TRACKED, Way.VERSION);
          case CURSOR -> List.of(Way.CURSOR);
        };
    return covered
        .way()
        .filter(asked::contains)
        .map(way -> asked.subList(asked.indexOf(way), asked.size()))
        .orElse(asked);
  }

  private Probe probe(Way way) throws RefusedStatement {
    return switch (way) {
      case CHANGES, TRACKED -> followed(way);
      case VERSION -> pinned();
      case CURSOR -> loading(Way.CURSOR, Optional.empty());
    };
  }

  private Probe followed(Way way) throws RefusedStatement {
    RecentVersions history = history();
    TableVersion now = history.newest();
    Optional<TableVersion> held = covered.version().filter(history::continues);
    if (held.isPresent()) {
      Optional<Probe> since = since(way, held.get(), now);
      if (since.isPresent()) {
        return since.get();
      }
    }
    tryOut(way, now.number());
    return loading(way, Optional.of(now));
  }

  private void tryOut(Way way, long version) throws RefusedStatement {
    if (way == Way.CHANGES) {
      lack = "Its change data feed is off, or refused.";
      asking.ask(
          VersionSql.changesTrial(feed.table(), version),
          "read the change data feed of " + feed.table());
    } else {
      lack = "Its rows are not tracked.";
      asking.ask(
          VersionSql.trackingTrial(feed.table(), version),
          "read the row tracking of " + feed.table());
    }
  }

  /** Empty where the table no longer tells: then everything is compared, and nothing skipped. */
  private Optional<Probe> since(Way way, TableVersion held, TableVersion now)
      throws RefusedStatement {
    if (held.equals(now)) {
      ProbeAnswer clock = asking.ask(VersionSql.clock(), "ask for the warehouse's clock");
      return Optional.of(clock.since(horizon(clock, way, now), new Since.Changes(List.of())));
    }
    Optional<Long> from = planner.whole(feed, covered, clockless(way, now)).from();
    try {
      return Optional.of(way == Way.CHANGES ? changes(held, now, from) : tracked(held, now, from));
    } catch (RefusedStatement e) {
      return Optional.empty();
    }
  }

  private Probe changes(TableVersion held, TableVersion now, Optional<Long> from)
      throws RefusedStatement {
    ProbeAnswer answer =
        asking.ask(
            VersionSql.events(sql, held.number(), now.number(), from),
            "read the change data feed of " + feed.table());
    return answer.since(horizon(answer, Way.CHANGES, now), new Since.Changes(answer.commits()));
  }

  private Probe tracked(TableVersion held, TableVersion now, Optional<Long> from)
      throws RefusedStatement {
    ProbeAnswer answer =
        asking.ask(
            VersionSql.written(sql, held.number(), now.number(), from),
            "read the row tracking of " + feed.table());
    return answer.since(horizon(answer, Way.TRACKED, now), answer.tracked());
  }

  /** The clock is asked before the version, so that no row below it is missing in the version. */
  private Probe pinned() throws RefusedStatement {
    requireTold();
    Probe probe = loading(Way.CURSOR, Optional.empty());
    return probe.pinned(reading(Way.VERSION), askedHistory().newest());
  }

  private Probe loading(Way way, Optional<TableVersion> version) throws RefusedStatement {
    Inquiry inquiry = planner.inquiry(feed, covered, scale);
    ProbeAnswer answer =
        asking.ask(sql.probe(inquiry, version.map(TableVersion::number)), "read " + feed.table());
    Probe probe = answer.probe(scale, inquiry);
    return version
        .map(v -> probe.pinned(reading(way), v))
        .orElseGet(() -> probe.read(reading(way)));
  }

  /** What one way has heard of the history, or was refused, serves the next one too. */
  private RecentVersions history() throws RefusedStatement {
    requireTold();
    if (history.isEmpty()) {
      history = Optional.of(askedHistory());
    }
    return history.get();
  }

  private void requireTold() throws RefusedStatement {
    if (untold.isPresent()) {
      throw untold.get();
    }
  }

  private RecentVersions askedHistory() throws RefusedStatement {
    lack = "Its history cannot be read, as that of a view or of a table with row filters.";
    try {
      return recentVersions();
    } catch (RefusedStatement e) {
      untold = Optional.of(e);
      throw e;
    }
  }

  private RecentVersions recentVersions() throws RefusedStatement {
    String purpose = "read the history of " + feed.table();
    RecentVersions few =
        asking.ask(VersionSql.history(feed.table(), RecentVersions.FEW), purpose).history();
    return covered.version().isEmpty() || few.reaches(covered.version().get())
        ? few
        : asking.ask(VersionSql.history(feed.table(), RecentVersions.MANY), purpose).history();
  }

  private Horizon horizon(ProbeAnswer answer, Way way, TableVersion version) {
    return new Horizon(answer.clock(), scale, reading(way), Optional.of(version));
  }

  private Horizon clockless(Way way, TableVersion version) {
    return new Horizon(version.committed(), scale, reading(way), Optional.of(version));
  }

  private Reading reading(Way way) {
    return new Reading(way, feed.mode() == Mode.CURSOR ? "" : String.join(" ", reasons));
  }
}
