package ai.birdie.app.run;

import ai.birdie.app.config.Connection;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.DatabricksWorkspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a table of several kinds that no feed of its connection reads.
 *
 * @param column the column that tells each row's kind
 * @param rows how many there are
 * @param kinds what some of them say they are, with how many do
 */
public record OtherKinds(String column, long rows, List<String> kinds) {

  private static final int MOST_NAMED = 5;

  public OtherKinds {
    kinds = List.copyOf(kinds);
  }

  /** Counts them; empty where every row is read, or the table is of one kind. */
  public static Optional<OtherKinds> count(DatabricksWorkspace workspace, Connection connection) {
    return connection.feeds().stream()
        .map(Feed::filter)
        .flatMap(Optional::stream)
        .map(KindFilter::column)
        .findFirst()
        .map(column -> of(column, workspace.kinds(connection.table(), column), connection.feeds()))
        .filter(other -> other.rows() > 0);
  }

  static OtherKinds of(String column, Map<Optional<String>, Long> found, List<Feed> feeds) {
    long rows = 0;
    List<String> named = new ArrayList<>();
    for (Map.Entry<Optional<String>, Long> kind : found.entrySet()) {
      if (feeds.stream().noneMatch(feed -> isOf(feed, kind.getKey()))) {
        rows += kind.getValue();
        if (named.size() < MOST_NAMED) {
          named.add("%s (%,d)".formatted(name(kind.getKey()), kind.getValue()));
        }
      }
    }
    return new OtherKinds(column, rows, named);
  }

  /** As the statements that read a feed select its rows. */
  private static boolean isOf(Feed feed, Optional<String> kind) {
    return kind.map(RecordKinds::idOf)
        .filter(id -> id.equals(feed.kind().id()) || id.equals(feed.kind().id() + "s"))
        .isPresent();
  }

  /** What is no name may be anything that a row holds. */
  private static String name(Optional<String> kind) {
    return kind.map(
            text -> text.matches("[A-Za-z][A-Za-z0-9 _-]{0,39}") ? text : "no name of a kind")
        .orElse("NULL");
  }

  /** The rows and their kinds, for people. */
  public String describe() {
    return "%,d rows are of kinds in %s that this connection does not read: %s"
        .formatted(rows, column, String.join(", ", kinds));
  }
}
