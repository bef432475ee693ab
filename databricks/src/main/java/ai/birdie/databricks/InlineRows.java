package ai.birdie.databricks;

import ai.birdie.core.feed.Feed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many rows of a feed can come inline at once, as far as those say that have come: the API
 * refuses an inline result of more than 25 MiB [databricks-api.md, 1.3] once it has worked it out.
 * Belongs to one thread.
 */
final class InlineRows {

  /** Rows differ in size, and a character may take three bytes. */
  private static final long BYTES = 8L << 20;

  /** Until some have come. */
  private static final long ROW_BYTES = 512;

  /** What JSON puts around a value. */
  private static final long QUOTES = 3;

  private final Map<String, Long> rowBytes = new HashMap<>();

  /** As many as should fit; at least one. */
  long atOnce(Feed feed) {
    return Math.max(1, BYTES / rowBytes(feed));
  }

  /** These came. */
  void came(Feed feed, List<List<Optional<String>>> rows) {
    long bytes = 0;
    for (List<Optional<String>> row : rows) {
      for (Optional<String> value : row) {
        bytes += QUOTES + value.map(String::length).orElse(0);
      }
    }
    if (!rows.isEmpty()) {
      rowBytes.put(feed.name(), Math.max(1, bytes / rows.size()));
    }
  }

  /** They were too many. */
  void tooMany(Feed feed) {
    rowBytes.put(feed.name(), Math.min(BYTES, 4 * rowBytes(feed)));
  }

  private long rowBytes(Feed feed) {
    return rowBytes.getOrDefault(feed.name(), ROW_BYTES);
  }
}
