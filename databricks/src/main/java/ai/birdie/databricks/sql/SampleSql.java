package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.contract.Shape;
import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that show what a feed's columns hold. However large the table is, they read no
 * more than {@link #LOOKED_AT} of its rows.
 */
public record SampleSql(FeedSql feed) {

  /** How many rows are counted, and of how many the sample is taken. */
  public static final int LOOKED_AT = 20_000;

  /** How much of a text is of use. */
  private static final int LONGEST_TEXT = 300;

  private static final int ROWS = 400;
  private static final int VALUES = 20_000;
  private static final int FEWEST_ROWS = 20;

  public SampleSql {
    requireNonNull(feed);
  }

  /**
   * One line: the count of the rows, then of each column how many are not NULL, and about how many
   * different values there are, NULL where that cannot be asked.
   */
  public Query counts() {
    String each =
        feed.columns().stream()
            .map(column -> {
              String c = Identifiers.quote(column.name());
              String different =
                  nested(column) ? "NULL" : "approx_count_distinct(" + c + ", 0.02D)";
              return (", CAST(count(" + c + ") AS STRING)")
                  + (", CAST(" + different + " AS STRING)");
            })
            .collect(Collectors.joining());
    return new Query(
        "SELECT CAST(count(*) AS STRING)" + each + " FROM " + rows(), feed.kindParameter());
  }

  /**
   * Some rows, spread evenly over those that are looked at: each column's values in the form of
   * {@link ExactText}, long texts cut, and of what is nested only whether it is there.
   */
  public Query rowsOfSample() {
    List<String> items = new ArrayList<>();
    for (Column column : feed.columns()) {
      items.add(value(column));
    }
    int fit = VALUES / Math.max(1, items.size());
    String sql =
        "SELECT "
            + String.join(", ", items)
            + (" FROM " + rows())
            + (" ORDER BY " + RowHash.of(feed.columns()))
            + (" LIMIT " + Math.max(FEWEST_ROWS, Math.min(fit, ROWS)));
    return new Query(sql, feed.kindParameter());
  }

  private static String value(Column column) {
    String c = Identifiers.quote(column.name());
    if (nested(column)) {
      return "IF(" + c + " IS NULL, NULL, '')";
    }
    return column.asSource().shape() == Shape.TEXT
        ? "left(" + c + ", " + LONGEST_TEXT + ")"
        : ExactText.of(column);
  }

  private static boolean nested(Column column) {
    return column.asSource().shape() == Shape.OTHER;
  }

  private String rows() {
    return "(SELECT * FROM "
        + Identifiers.path(feed.table().parts())
        + feed.where(List.of())
        + (" LIMIT " + LOOKED_AT + ")");
  }
}
