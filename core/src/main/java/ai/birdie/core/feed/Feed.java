package ai.birdie.core.feed;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.kind.RecordKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One table or view of one kind of record: the unit that is read, scheduled, and reported. It holds
 * no credential.
 *
 * @param name unique in a store
 * @param workspace the workspace's host name, which together with table and kind tells feeds apart
 * @param key the columns that identify a record, in order, never empty
 * @param mapping which columns hold the kind's fields
 * @param filter present where the table holds several kinds
 * @param start where reading begins; absent for the smallest cursor in the source
 * @param lag how far each run reaches back below what it has already read
 * @param settle how young a row may not yet be to be read
 * @param mode how changes are to be found
 * @param cycle within what time runs compare all rows with the source's, a part at a time; absent
 *     where they compare none
 * @param order in which what was never read is read
 * @param windowRows about how many rows one window may hold
 * @param tolerance which share of a window's rows may break the contract, from 0 to 1, before the
 *     window is held
 * @param redaction from which columns personal data is taken out
 */
public record Feed(
    String name,
    String workspace,
    TableName table,
    RecordKind kind,
    List<String> key,
    Cursor cursor,
    Mapping mapping,
    Optional<KindFilter> filter,
    Optional<Instant> start,
    Duration lag,
    Duration settle,
    Mode mode,
    Optional<Duration> cycle,
    Order order,
    long windowRows,
    double tolerance,
    Redaction redaction) {

  public static final Duration DEFAULT_LAG = Duration.ofHours(1);
  public static final Duration DEFAULT_SETTLE = Duration.ZERO;
  public static final Duration DEFAULT_CYCLE = Duration.ofDays(1);
  public static final long DEFAULT_WINDOW_ROWS = 1_000_000;
  public static final double DEFAULT_TOLERANCE = 0.05;

  /** A feed whose changes are found by its cursor alone, and whose runs compare nothing. */
  public Feed(
      String name,
      String workspace,
      TableName table,
      RecordKind kind,
      List<String> key,
      Cursor cursor,
      Optional<KindFilter> filter,
      Optional<Instant> start,
      Duration lag,
      Duration settle,
      long windowRows) {
    this(
        name,
        workspace,
        table,
        kind,
        key,
        cursor,
        Mapping.BY_NAME,
        filter,
        start,
        lag,
        settle,
        Mode.CURSOR,
        Optional.empty(),
        Order.OLDEST,
        windowRows,
        DEFAULT_TOLERANCE,
        new Redaction.None());
  }

  public Feed {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "A feed's name has 1 to 100 letters, digits, dots, hyphens, and underscores: " + name);
    }
    requireNonNull(workspace);
    requireNonNull(table);
    requireNonNull(kind);
    requireNonNull(cursor);
    requireNonNull(mapping);
    requireNonNull(filter);
    requireNonNull(start);
    requireNonNull(mode);
    requireNonNull(cycle);
    requireNonNull(order);
    requireNonNull(redaction);
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("The feed " + name + " has no key");
    }
    if (lag.isNegative() || settle.isNegative()) {
      throw new IllegalArgumentException("Lag and settle are not negative");
    }
    if (cycle.filter(time -> time.compareTo(Duration.ofHours(1)) < 0).isPresent()) {
      throw new IllegalArgumentException("A cycle takes at least an hour");
    }
    if (windowRows < 1) {
      throw new IllegalArgumentException("A window holds at least one row");
    }
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new IllegalArgumentException("A share is from 0 to 1");
    }
  }

  /** The same feed, compared with its source within that time. */
  public Feed comparedWithin(Duration time) {
    return with(key, mapping, mode, Optional.of(time), order, redaction);
  }

  /** The same feed, from whose rows personal data is taken out so. */
  public Feed redactedBy(Redaction how) {
    return with(key, mapping, mode, cycle, order, how);
  }

  /** The same feed, its kind defined otherwise. */
  public Feed of(RecordKind other) {
    return new Feed(
        name,
        workspace,
        table,
        other,
        key,
        cursor,
        mapping,
        filter,
        start,
        lag,
        settle,
        mode,
        cycle,
        order,
        windowRows,
        tolerance,
        redaction);
  }

  /** The same feed, its kind's fields in other columns. */
  public Feed mapped(Mapping other) {
    boolean byKind = key.equals(mapping.columns(kind.key()));
    return with(byKind ? other.columns(kind.key()) : key, other, mode, cycle, order, redaction);
  }

  /** The same feed, whose changes are to be found so. */
  public Feed readBy(Mode other) {
    return with(key, mapping, other, cycle, order, redaction);
  }

  /** The same feed, of which is read first what is recent. */
  public Feed newestFirst() {
    return with(key, mapping, mode, cycle, Order.NEWEST, redaction);
  }

  private Feed with(
      List<String> otherKey,
      Mapping otherMapping,
      Mode otherMode,
      Optional<Duration> otherCycle,
      Order otherOrder,
      Redaction otherRedaction) {
    return new Feed(
        name,
        workspace,
        table,
        kind,
        otherKey,
        cursor,
        otherMapping,
        filter,
        start,
        lag,
        settle,
        otherMode,
        otherCycle,
        otherOrder,
        windowRows,
        tolerance,
        otherRedaction);
  }

  /**
   * What makes a history of the feed comparable with an older one, as text: where it changes, what
   * was loaded before cannot be continued.
   */
  public String fingerprint() {
    String names =
        String.join(
            " | ",
            workspace,
            table.parts().toString(),
            kind.id(),
            key.toString(),
            cursor.column(),
            cursor.zone().map(ZoneId::getId).orElse("-"),
            cursor.unit().map(Cursor.EpochUnit::name).orElse("-"),
            filter.map(f -> f.column() + "=" + f.kind().id()).orElse("-"));
    List<String> redacted =
        redaction.names(this).stream().map(n -> n.toLowerCase(Locale.ROOT)).sorted().toList();
    return names.toLowerCase(Locale.ROOT) // a workspace does not tell names apart by case
        + cursor.pattern().map(pattern -> " | " + pattern.letters()).orElse("")
        + (redacted.isEmpty() ? "" : " | redacted " + redacted);
  }
}
