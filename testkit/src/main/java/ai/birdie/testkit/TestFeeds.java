package ai.birdie.testkit;

import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.time.Duration;
import java.util.Optional;

/** Feeds as tests need them. */
public final class TestFeeds {

  private TestFeeds() {}

  /** A feed of reviews with the defaults, from the table of that name. */
  public static Feed reviews(String name, String table) {
    return reviews(name, table, Duration.ZERO, 1_000);
  }

  /** A feed of a kind that has a key of its own. */
  public static Feed of(RecordKind kind) {
    return of(kind, kind.id(), "table_of_" + kind.id(), Duration.ZERO, 1_000);
  }

  /** A feed of reviews that reads no row younger than {@code settle}. */
  public static Feed reviews(String name, String table, Duration settle, int windowRows) {
    return of(RecordKinds.REVIEW, name, table, settle, windowRows);
  }

  private static Feed of(
      RecordKind kind, String name, String table, Duration settle, int windowRows) {
    return new Feed(
        name,
        "test.cloud.databricks.com",
        new TableName(Optional.of("main"), "voc", table),
        kind,
        kind.key(),
        new Cursor("updated_at", Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Duration.ofHours(1),
        settle,
        windowRows);
  }
}
