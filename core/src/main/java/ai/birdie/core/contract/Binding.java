package ai.birdie.core.contract;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Field;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A field and the column that holds it.
 *
 * @param column the column, as the table spells it
 * @param origin what was declared of the column
 * @param zone in which a time without one is meant
 */
public record Binding(Field field, SourceColumn column, Origin origin, ZoneId zone) {

  public Binding {
    requireNonNull(field);
    requireNonNull(column);
    requireNonNull(origin);
    requireNonNull(zone);
  }

  /** What the column's values are, once declared words have taken their places. */
  public Shape shape() {
    return origin.words().isEmpty() ? column.shape() : Shape.TEXT;
  }

  /** Whether the values can be the field's. */
  public Fit fit() {
    return Fit.of(field.type(), shape(), unit().isPresent());
  }

  /** What a number in the column counts since 1970, where it is a time. */
  public Optional<EpochUnit> unit() {
    return origin.unit();
  }

  /** What some of the values mean. */
  public SortedMap<String, String> words() {
    return origin.words();
  }
}
