package ai.birdie.duckdb;

import ai.birdie.core.error.ContractException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.window.Window;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Refuses a batch with text that is not UTF-8, which a warehouse may hold and Arrow forbids.
 *
 * <p>DuckDB 2.0 cannot be left to do it: it looks at a column's texts only until one of them had a
 * letter beyond ASCII, so that the same value is refused in one table and stored in another.
 */
final class TextCheck {

  private final Feed feed;
  private final Window window;

  TextCheck(Feed feed, Window window) {
    this.feed = feed;
    this.window = window;
  }

  /**
   * @throws ContractException if a value of a column is not UTF-8
   */
  void check(VectorSchemaRoot batch) {
    for (FieldVector column : batch.getFieldVectors()) {
      if (!isValid(column)) {
        throw refusal(column.getName());
      }
    }
  }

  private static boolean isValid(FieldVector vector) {
    if (vector instanceof VarCharVector texts) {
      return isWhole(texts) || isValidByValue(texts);
    }
    return vector.getChildrenFromFields().stream().allMatch(TextCheck::isValid);
  }

  /** Whether the texts in a row are UTF-8, and none begins in the middle of a character. */
  private static boolean isWhole(VarCharVector texts) {
    int count = texts.getValueCount();
    if (count == 0) {
      return true;
    }
    ArrowBuf bytes = texts.getDataBuffer();
    int start = texts.getStartOffset(0);
    int end = texts.getEndOffset(count - 1);
    return Utf8.isAscii(bytes, start, end)
        || (Utf8.isValid(bytes, start, end) && beginsNoneInACharacter(texts, end));
  }

  private static boolean beginsNoneInACharacter(VarCharVector texts, int end) {
    for (int i = 1; i < texts.getValueCount(); i++) {
      int at = texts.getStartOffset(i);
      if (at < end && Utf8.goesOn(texts.getDataBuffer().getByte(at))) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #isWhole}, but what lies behind a NULL may be anything. */
  private static boolean isValidByValue(VarCharVector texts) {
    ArrowBuf bytes = texts.getDataBuffer();
    for (int i = 0; i < texts.getValueCount(); i++) {
      if (!texts.isNull(i)
          && !Utf8.isValid(bytes, texts.getStartOffset(i), texts.getEndOffset(i))) {
        return false;
      }
    }
    return true;
  }

  private ContractException refusal(String column) {
    return new ContractException(
        "The column %s of %s holds text that is not UTF-8, in the window %s of %s: nothing of that window was landed."
            .formatted(column, feed.table(), window.describe(), feed.name()),
        "Find the rows with WHERE NOT is_valid_utf8(%1$s), and correct them; or let the feed read a view that has make_valid_utf8(%1$s) in its place."
            .formatted('`' + column.replace("`", "``") + '`'));
  }
}
