package ai.birdie.app.map;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Row;
import ai.birdie.core.contract.Violation;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.kind.Field;
import ai.birdie.databricks.sample.TableSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A sample's rows, as a feed's contract takes them.
 *
 * @param fields those that the table has
 * @param rows all of the sample's
 */
public record Preview(List<String> fields, List<Seen> rows) {

  /**
   * One row.
   *
   * @param values of the fields, in their order
   */
  public record Seen(List<Optional<Object>> values, List<Violation> violations) {

    /** Prints no value. */
    @Override
    public String toString() {
      return "Seen" + violations;
    }
  }

  public Preview {
    fields = List.copyOf(fields);
    rows = List.copyOf(rows);
  }

  /**
   * Judges the sample by the feed's contract.
   *
   * @throws ai.birdie.core.error.ConfigException if the table lacks what the kind requires
   */
  public static Preview of(Feed feed, TableSample sample) {
    Contract contract =
        Contract.of(feed, sample.columns().stream().map(TableSample.Counted::column).toList());
    List<String> fields =
        feed.kind().fields().stream()
            .map(Field::name)
            .filter(field -> contract.binding(field).isPresent())
            .toList();
    List<Seen> rows = sample.rows().stream().map(row -> seen(contract, fields, row)).toList();
    return new Preview(fields, rows);
  }

  private static Seen seen(Contract contract, List<String> fields, Row row) {
    return new Seen(
        fields.stream().map(field -> contract.value(field, row)).toList(),
        contract.violations(row));
  }

  /** How many rows break no rule. */
  public long sound() {
    return rows.stream().filter(row -> row.violations().isEmpty()).count();
  }

  /** How many rows break which rule, as {@code field:rule:found}. */
  public Map<String, Long> broken() {
    return rows.stream()
        .flatMap(row -> row.violations().stream())
        .collect(Collectors.groupingBy(Violation::toString, TreeMap::new, Collectors.counting()));
  }
}
