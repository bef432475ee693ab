package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Since;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A table's versions as its source names them. A table that was replaced counts from 0 again, and
 * tells nothing of what was before; nor does one of what its history no longer reaches.
 */
final class SourceVersions {

  private final SourceTable table;
  private final long replaced;
  private final long kept;
  private final List<TableVersion> names;
  private final Map<TableVersion, Long> numbers = new HashMap<>();
  private final List<List<RowChange>> events;
  private final Map<Long, Snapshot> snapshots = new HashMap<>();

  /**
   * @param replaced the version from which on the table is another; 0 where it never was replaced
   * @param kept how many versions its history goes back
   */
  SourceVersions(SourceTable table, long replaced, long kept) {
    this.table = table;
    this.replaced = replaced;
    this.kept = kept;
    this.names = LongStream.rangeClosed(0, table.lastVersion()).mapToObj(this::name).toList();
    for (int version = 0; version < names.size(); version++) {
      numbers.putIfAbsent(names.get(version), (long) version);
    }
    this.events = events(table);
  }

  /** Each version's events: of a row that was written anew, that it went, and that it came. */
  private static List<List<RowChange>> events(SourceTable table) {
    List<List<RowChange>> events =
        Stream.<List<RowChange>>generate(ArrayList::new).limit(table.lastVersion() + 1).toList();
    for (RowVersion row : table.rows()) {
      if (row.until() != RowVersion.STILL) {
        events.get((int) row.until()).add(RowChange.went(row.row()));
      }
      events.get((int) row.from()).add(RowChange.came(row.row()));
    }
    return events;
  }

  /** How many versions the table's history goes back. */
  long kept() {
    return kept;
  }

  /** The version that a statement sees which starts at {@code moment}. */
  TableVersion at(long moment) {
    return named(table.versionAt(moment));
  }

  private TableVersion named(long version) {
    return names.get((int) version);
  }

  private TableVersion name(long version) {
    long number = version >= replaced ? version - replaced : version;
    Instant committed =
        version == 0
            ? Instant.EPOCH
            : Instant.EPOCH.plus(table.committed(version), ChronoUnit.MICROS);
    return new TableVersion(number, committed);
  }

  private Optional<Long> find(TableVersion version) {
    return Optional.ofNullable(numbers.get(version));
  }

  /** The version of the table that the source shows at {@code now} by a number. */
  private long numbered(long number, TableVersion now) {
    return find(now).orElseThrow() - now.number() + number;
  }

  /** The table at a version. */
  Snapshot snapshot(TableVersion version) {
    return snapshot(find(version).orElseThrow());
  }

  /** The table at the version that is the so-many-th of its life. */
  Snapshot snapshot(long version) {
    return snapshots.computeIfAbsent(
        version, v -> new Snapshot(table.at(v).map(RowVersion::row).toList()));
  }

  /** Whether the source can tell at {@code now} what has become of the table since {@code held}. */
  boolean tell(TableVersion held, TableVersion now) {
    long version = find(now).orElseThrow();
    return find(held)
        .filter(v -> v <= version && v >= version - kept)
        .filter(v -> v >= replaced || version < replaced)
        .isPresent();
  }

  /** What a version of that number is called at {@code now}. */
  TableVersion called(long number, TableVersion now) {
    return named(numbered(number, now));
  }

  /** The commits that changed rows, after {@code held} and up to {@code now}. */
  List<Since.Commit> commits(TableVersion held, TableVersion now) {
    return LongStream.rangeClosed(held.number() + 1, now.number())
        .mapToObj(number -> commit(numbered(number, now)))
        .filter(commit -> commit.events().rows() > 0)
        .toList();
  }

  private Since.Commit commit(long version) {
    return new Since.Commit(named(version), RowChange.total(events.get((int) version)));
  }

  /** The events that a window of versions reads. */
  List<RowChange> events(Window.Versions window) {
    List<RowChange> all = new ArrayList<>();
    for (long number = window.after() + 1; number <= window.upTo().number(); number++) {
      all.addAll(events.get((int) numbered(number, window.upTo())));
    }
    return all.stream()
        .filter(event -> WindowRows.belongs(event.row().id(), window.slice()))
        .toList();
  }

  /** The rows that were written after a version, and are still there. */
  Stream<FeedbackRow> written(long after, TableVersion now) {
    long since = numbered(after, now);
    return table.at(numbered(now.number(), now)).filter(r -> r.from() > since).map(RowVersion::row);
  }

  /** By row tracking, what was written after {@code held}. */
  Since tracked(TableVersion held, TableVersion now) {
    Total written = FeedbackRow.total(written(held.number(), now).toList());
    return new Since.Tracked(written, snapshot(now).rows().size());
  }
}
