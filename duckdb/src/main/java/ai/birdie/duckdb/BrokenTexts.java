package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;

import ai.birdie.core.contract.Violation;
import ai.birdie.core.error.ContractException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.window.Window;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;

/**
 * Text that is not UTF-8, which a warehouse may hold, and Arrow and DuckDB forbid: it is written
 * with its stray bytes as {@code \xE9}, and its rows are marked, so that they go into quarantine
 * whole.
 *
 * <p>DuckDB 2.0 cannot be left to look for it: it looks at a column's texts only until one of them
 * had a letter beyond ASCII, so that the same value is refused in one table and stored in another.
 */
final class BrokenTexts {

  /**
   * The end of such a violation, which no contract finds: it is kept when rows are judged again.
   */
  static final String VIOLATION = ":not-text:not-utf8";

  /** More rows are no slip of a writer. */
  private static final int MOST_ROWS = 100_000;

  private static final int ROWS_A_STATEMENT = 1_000;

  private final Feed feed;
  private final Window window;
  private final Map<String, Set<Long>> hashes = new HashMap<>();

  BrokenTexts(Feed feed, Window window) {
    this.feed = feed;
    this.window = window;
  }

  /**
   * Mends a batch, and remembers which rows it was about.
   *
   * @throws ContractException if it is about too many
   */
  void mend(VectorSchemaRoot batch) {
    for (FieldVector column : batch.getFieldVectors()) {
      BitSet rows = mend(column);
      if (!rows.isEmpty()) {
        remember(column.getName(), rows, batch);
      }
    }
  }

  private void remember(String column, BitSet rows, VectorSchemaRoot batch) {
    BigIntVector rowHashes = (BigIntVector) batch.getVector(BatchReader.ROW_HASH);
    Set<Long> known = hashes.computeIfAbsent(column, c -> new TreeSet<>());
    rows.stream().mapToObj(rowHashes::get).forEach(known::add);
    if (known.size() > MOST_ROWS) {
      throw refusal(column);
    }
  }

  /** Which values of a vector held some text that was not UTF-8; it no longer is. */
  private static BitSet mend(FieldVector vector) {
    if (vector instanceof VarCharVector texts) {
      BitSet broken = isWhole(texts) ? new BitSet() : broken(texts);
      if (!broken.isEmpty()) {
        Texts.rewrite(texts, broken::get, BrokenTexts::escaped);
      }
      return broken;
    }
    BitSet broken = new BitSet();
    for (FieldVector child : vector.getChildrenFromFields()) {
      BitSet inside = mend(child);
      broken.or(vector instanceof ListVector list ? holding(list, inside) : inside);
    }
    return broken;
  }

  /** The lists of which some entry is among those. */
  private static BitSet holding(ListVector lists, BitSet entries) {
    BitSet rows = new BitSet();
    for (int row = 0; !entries.isEmpty() && row < lists.getValueCount(); row++) {
      int next = entries.nextSetBit(lists.getElementStartIndex(row));
      rows.set(row, !lists.isNull(row) && next >= 0 && next < lists.getElementEndIndex(row));
    }
    return rows;
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
        || (Utf8.isValid(bytes, start, end) && beginsNoneInACharacter(texts, start, end));
  }

  /** Reads where the bytes lie, once the range from start to end is known to be inside. */
  private static boolean beginsNoneInACharacter(VarCharVector texts, int start, int end) {
    int count = texts.getValueCount();
    texts.getOffsetBuffer().checkBytes(0, (long) count * Integer.BYTES);
    long offset = texts.getOffsetBuffer().memoryAddress();
    long bytes = texts.getDataBuffer().memoryAddress();
    for (int i = 1; i < count; i++) {
      offset += Integer.BYTES;
      int at = getInt(offset);
      if (at >= start && at < end && Utf8.goesOn(getByte(bytes + at))) {
        return false;
      }
    }
    return true;
  }

  /** The values that are not UTF-8; what lies behind a NULL may be anything. */
  private static BitSet broken(VarCharVector texts) {
    ArrowBuf bytes = texts.getDataBuffer();
    BitSet broken = new BitSet();
    for (int i = 0; i < texts.getValueCount(); i++) {
      broken.set(
          i,
          !texts.isNull(i) && !Utf8.isValid(bytes, texts.getStartOffset(i), texts.getEndOffset(i)));
    }
    return broken;
  }

  private static byte[] escaped(VarCharVector texts, int place) {
    ArrowBuf bytes = texts.getDataBuffer();
    int end = texts.getEndOffset(place);
    ByteArrayOutputStream escaped = new ByteArrayOutputStream();
    for (int at = texts.getStartOffset(place); at < end; ) {
      int length = Utf8.character(bytes, at, end);
      for (int i = at; i < at + length; i++) {
        escaped.write(bytes.getByte(i));
      }
      if (length == 0) {
        String stray = "\\x%02X".formatted(bytes.getByte(at));
        escaped.writeBytes(stray.getBytes(US_ASCII));
      }
      at += Math.max(1, length);
    }
    return escaped.toByteArray();
  }

  /**
   * Adds their violation to the rows that were mended.
   *
   * @param table where they are by now
   * @param condition on the rows of this window
   */
  void mark(Database database, String table, String condition) {
    hashes.forEach((column, broken) -> {
      String violation = new Violation(column, "not-text", "not-utf8").toString();
      List<Long> all = List.copyOf(broken);
      for (int from = 0; from < all.size(); from += ROWS_A_STATEMENT) {
        List<Long> some = all.subList(from, Math.min(all.size(), from + ROWS_A_STATEMENT));
        database.execute(
            "UPDATE %s SET _violations = list_append(coalesce(_violations, []), %s) WHERE %s AND (%s) IS NOT TRUE AND _row_hash IN (%s)"
                .formatted(
                    table,
                    Sql.text(violation),
                    condition,
                    Suppression.ERASED,
                    some.stream().map(String::valueOf).collect(Collectors.joining(", "))));
      }
    });
  }

  private ContractException refusal(String column) {
    return new ContractException(
        "The column %s of %s holds text that is not UTF-8 in more than %s rows, in the window %s of %s: nothing of that window was landed."
            .formatted(
                column,
                feed.table(),
                String.format(Locale.ROOT, "%,d", MOST_ROWS),
                window.describe(),
                feed.name()),
        "Find the rows with WHERE NOT is_valid_utf8(%1$s), and correct them; or let the feed read a view that has make_valid_utf8(%1$s) in its place."
            .formatted('`' + column.replace("`", "``") + '`'));
  }
}
