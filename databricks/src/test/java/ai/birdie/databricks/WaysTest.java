package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mode;
import ai.birdie.core.feed.Way;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Probe;
import ai.birdie.databricks.sql.Column;
import ai.birdie.databricks.sql.CursorColumn;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.statement.InlineAnswer;
import ai.birdie.databricks.statement.RefusedStatement;
import ai.birdie.testkit.TestFeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What finding a table's strongest way costs in statements; app tries it on real tables. */
final class WaysTest {

  private static final Feed FEED = following(TestFeeds.reviews("reviews", "review"));
  private static final Column UPDATED_AT = new Column("updated_at", "TIMESTAMP");

  private final List<String> asked = new ArrayList<>();
  private boolean hasHistory = true;

  @Test
  void asksAViewForItsHistoryOnce() {
    hasHistory = false;

    Probe probe = probe();

    assertThat(probe.horizon().reading().way()).isEqualTo(Way.CURSOR);
    assertThat(probe.horizon().reading().reason()).contains("history cannot be read");
    assertThat(asked).containsExactly("history", "probe");
  }

  @Test
  void asksAPlainTableForItsHistoryOnceToTryAndOnceToPin() {
    Probe probe = probe();

    assertThat(probe.horizon().reading().way()).isEqualTo(Way.VERSION);
    assertThat(asked).containsExactly("history", "changes", "tracking", "probe", "history");
  }

  @Test
  void takesNoWeakerWayForWhatKeepsItFromAsking() {
    for (BirdieException hindrance :
        List.of(
            SourceException.passing("The connection broke.", "Try again.", null),
            SourceException.lasting("A page came.", "Look at the proxy.", null),
            new AccessException("The credential is not accepted.", "Renew it."))) {
      Ways.Asking hindered =
          (query, purpose) -> {
            asked.add("history");
            throw hindrance;
          };
      assertThatThrownBy(() -> ways(hindered).probe()).isSameAs(hindrance);
    }
    assertThat(asked).containsExactly("history", "history", "history");
  }

  private Probe probe() {
    return ways((query, purpose) -> answer(query.sql(), purpose)).probe();
  }

  private static Ways ways(Ways.Asking asking) {
    FeedSql sql =
        new FeedSql(
            FEED.table(),
            List.of(UPDATED_AT),
            List.of(),
            CursorColumn.of(FEED.table(), UPDATED_AT, FEED.cursor()),
            Optional.empty());
    return new Ways(FEED, sql, Coverage.none(), asking);
  }

  private ProbeAnswer answer(String sql, String purpose) throws RefusedStatement {
    if (sql.startsWith("DESCRIBE HISTORY")) {
      asked.add("history");
      if (!hasHistory) {
        throw refused();
      }
      return answer(purpose, "7", "2026-01-01T00:00:00Z", "", "", "WRITE");
    }
    if (sql.contains("table_changes")) {
      asked.add("changes");
      throw refused();
    }
    if (sql.contains("row_commit_version")) {
      asked.add("tracking");
      throw refused();
    }
    asked.add("probe");
    return answer(purpose, FeedSql.PROBED_FEED, "1767225600000000", "0", "0", "0", "0", "");
  }

  private static RefusedStatement refused() {
    return new RefusedStatement(
        new ConfigException("The table does not have that.", "Do without."));
  }

  private static ProbeAnswer answer(String purpose, String... line) {
    List<Optional<String>> values = List.of(line).stream().map(Optional::of).toList();
    return new ProbeAnswer(new InlineAnswer("s", List.of(values)), purpose);
  }

  private static Feed following(Feed feed) {
    return feed.readBy(Mode.AUTO);
  }
}
