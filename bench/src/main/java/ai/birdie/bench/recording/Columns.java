package ai.birdie.bench.recording;

import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Schema;

/** What is selected of the recorded table. */
public enum Columns {
  /** The table's own columns. */
  TABLE,
  /** The same, and what Birdie has computed of each row. */
  FEED;

  /** In the order in which they are selected. */
  public List<Column> columns() {
    return switch (this) {
      case TABLE -> FeedbackTable.OWN;
      case FEED -> FeedbackTable.WITH_CURSOR_AND_HASH;
    };
  }

  /** As Arrow has them. */
  Schema schema() {
    return new Schema(columns().stream().map(Column::field).toList());
  }

  /** As paths have it. */
  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
