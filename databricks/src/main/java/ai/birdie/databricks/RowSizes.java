package ai.birdie.databricks;

import ai.birdie.core.feed.Feed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many rows of a feed one result should have, by the size of those that have come: it is the
 * only statistic that a view has, too. Belongs to one thread.
 */
final class RowSizes {

  /** What JSON puts around a value. */
  private static final long QUOTES = 3;

  private final long most;
  private final long guess;
  private final Map<String, Long> bytes = new HashMap<>();

  private RowSizes(long most, long guess) {
    this.most = most;
    this.guess = guess;
  }

  /**
   * Of rows that are downloaded, within the hour for which a result is kept [databricks-api.md,
   * 1.4]: 17 minutes at a megabyte a second.
   */
  static RowSizes downloaded() {
    return new RowSizes(1L << 30, 1);
  }

  /**
   * Of rows that come inline: the API refuses a result of more than 25 MiB once it has worked it
   * out [databricks-api.md, 1.3]. Rows differ in size, and a character may take three bytes.
   */
  static RowSizes inline() {
    return new RowSizes(8L << 20, 512);
  }

  /** As many as should fit; at least one. */
  long atOnce(Feed feed) {
    return Math.max(1, most / ofOne(feed));
  }

  /** So many came, of so many bytes together. */
  void came(Feed feed, long rows, long size) {
    if (rows > 0) {
      bytes.put(feed.name(), Math.max(1, size / rows));
    }
  }

  /** These came inline. */
  void came(Feed feed, List<List<Optional<String>>> rows) {
    long size = 0;
    for (List<Optional<String>> row : rows) {
      for (Optional<String> value : row) {
        size += QUOTES + value.map(String::length).orElse(0);
      }
    }
    came(feed, rows.size(), size);
  }

  /** They were too many. */
  void tooMany(Feed feed) {
    bytes.put(feed.name(), Math.min(most, 4 * ofOne(feed)));
  }

  private long ofOne(Feed feed) {
    return bytes.getOrDefault(feed.name(), guess);
  }
}
