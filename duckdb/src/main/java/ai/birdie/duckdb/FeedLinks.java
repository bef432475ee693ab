package ai.birdie.duckdb;

import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.duckdb.Judgement.Presented;
import java.util.Optional;

/** How a feed's rows hang together with each other, and with those of other feeds. */
final class FeedLinks {

  private final Database database;
  private final History history;

  FeedLinks(Database database, History history) {
    this.database = database;
    this.history = history;
  }

  /** Which of the ids of accounts there are in the view of accounts. */
  Optional<FeedStatus.Ids> accounts() {
    return ids("account_id", RecordKinds.ACCOUNT);
  }

  /** Which of the ids of authors there are in the view of users. */
  Optional<FeedStatus.Ids> authors() {
    return ids("author_id", RecordKinds.USER);
  }

  private Optional<FeedStatus.Ids> ids(String field, RecordKind owner) {
    if (history.kind().equals(owner.id())) {
      return Optional.empty();
    }
    return expression(field)
        .flatMap(id ->
            database.first(
                row -> new FeedStatus.Ids(row.getLong(1), row.getLong(2)),
                """
                SELECT count(*), count(o.id) FROM (
                  SELECT DISTINCT %1$s AS id FROM %2$s WHERE _violations IS NULL AND NOT %3$s) f
                LEFT JOIN (SELECT DISTINCT %4$s AS id FROM main.%5$s) o USING (id)
                """
                    .formatted(
                        id,
                        history.landing(),
                        FieldSql.blankText(id),
                        Sql.name(field),
                        Sql.name(owner.id()))));
  }

  /** Whether conversations and messages have each other, where the rows are messages. */
  Optional<FeedStatus.Conversations> conversations() {
    boolean messages =
        KindViews.kind(database, history)
            .filter(kind -> kind.family() == Family.CONVERSATION)
            .isPresent();
    return messages ? expression("conversation_id").flatMap(this::conversations) : Optional.empty();
  }

  private Optional<FeedStatus.Conversations> conversations(String id) {
    return database.first(
        row -> new FeedStatus.Conversations(row.getLong(1), row.getLong(2), row.getLong(3)),
        """
        SELECT count(*) FILTER (WHERE sound > 0 AND NOT blank), count(*) FILTER (WHERE sound = 0 AND NOT blank),
          coalesce(sum(messages) FILTER (WHERE blank), 0)
        FROM (
          SELECT coalesce(trim(id, E' \\t\\n\\r'), '') = '' AS blank, id, count(*) AS messages,
            count(*) FILTER (WHERE sound) AS sound
          FROM (%s) GROUP BY id)
        """
            .formatted(messages(id)));
  }

  /** Each message, and whether it is shown. */
  private String messages(String id) {
    String current =
        "SELECT %s AS id, _violations IS NULL AS sound FROM %s WHERE (%s) IS NOT TRUE"
            .formatted(id, history.landing(), Suppression.ERASED);
    Retained retained = new Retained(database, history);
    return retained.exists()
        ? current + " UNION ALL SELECT %s, true FROM %s".formatted(id, retained.name())
        : current;
  }

  private Optional<String> expression(String field) {
    return new Judgement(database, history).presented(field).map(Presented::expression);
  }
}
