package ai.birdie.duckdb;

import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.duckdb.Judgement.Presented;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The view {@code conversation}, one row for each conversation of all feeds, made of its sound
 * messages whenever it is asked for. Works in the caller's transaction.
 *
 * <p>Agents and bots are one side, customers the other. What one side says until the other speaks
 * is a stretch; a type of participant answers a stretch once, by its first message before the
 * asking side speaks again, and the delay runs from the stretch's first message. Messages of whom
 * nobody knows the type are counted, and take no part in turns and delays.
 */
final class ConversationViews {

  static final String CONVERSATION = "conversation";

  /** The sound messages of all feeds, with their place in the order of changes. */
  static final String MESSAGES = "birdie.message";

  private static final List<String> TYPES = List.of("customer", "agent", "bot");

  private ConversationViews() {}

  /** Makes the view show the histories as they are now. */
  static void refresh(Database database) {
    List<String> parts = new ArrayList<>();
    parts.add(nothing());
    for (History history : new Histories(database).current()) {
      boolean messages =
          KindViews.kind(database, history)
              .filter(kind -> kind.family() == Family.CONVERSATION)
              .isPresent();
      if (messages && new LandingTable(database, history).exists()) {
        parts.add(messages(database, history));
      }
    }
    database.execute(
        "CREATE OR REPLACE VIEW %s AS %s".formatted(MESSAGES, String.join(" UNION ALL ", parts)));
    database.execute("CREATE OR REPLACE VIEW main.conversation AS " + conversations());
  }

  /** The conversation's own fields, those that every kind of the family has. */
  private static List<Field> repeated() {
    return RecordKinds.SUPPORT_TICKET.fields().stream()
        .filter(field -> field.level() == Field.Level.CONVERSATION)
        .toList();
  }

  private static Map<String, FieldType> fields() {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    RecordKinds.SUPPORT_TICKET.fields().forEach(field -> fields.put(field.name(), field.type()));
    return fields;
  }

  private static String nothing() {
    return fields().entrySet().stream()
        .map(
            field -> "NULL::" + FieldSql.type(field.getValue()) + " AS " + Sql.name(field.getKey()))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT NULL::VARCHAR AS _feed, NULL::VARCHAR AS kind, NULL::BIGINT AS _cursor, ",
                " WHERE false"));
  }

  private static String messages(Database database, History history) {
    List<Presented> presented = new Judgement(database, history).presented();
    String rows = history.landing() + " WHERE _violations IS NULL";
    Retained retained = new Retained(database, history);
    return retained.exists()
        ? messages(history, presented, rows)
            + " UNION ALL "
            + messages(history, presented, retained.name())
        : messages(history, presented, rows);
  }

  private static String messages(History history, List<Presented> presented, String rows) {
    return fields().entrySet().stream()
        .map(field ->
            "TRY_CAST(%s AS %s)"
                .formatted(
                    KindViews.value(field.getKey(), field.getValue(), presented),
                    FieldSql.type(field.getValue())))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT %s, %s, _cursor, "
                    .formatted(Sql.text(history.feed()), Sql.text(history.kind())),
                " FROM " + rows));
  }

  private static String conversations() {
    String own =
        repeated().stream()
            .map(field -> "w.newest." + Sql.name(field.name()))
            .collect(Collectors.joining(", "));
    String counts =
        TYPES.stream()
            .map(type -> "w.%1$s_messages".formatted(type))
            .collect(Collectors.joining(", "));
    String delays =
        TYPES.stream()
            .map(type ->
                "d.%1$s_first_response_seconds, d.%1$s_mean_response_seconds".formatted(type))
            .collect(Collectors.joining(", "));
    return """
    WITH spoken AS (%s), stretch AS (%s), answer AS (%s), whole AS (%s), delay AS (%s)
    SELECT w._feed, w.kind, w.conversation_id, w.account_id, %s,
      w.first_posted_at, w.last_posted_at,
      (epoch_us(w.last_posted_at) - epoch_us(w.first_posted_at)) / 1e6 AS duration_seconds,
      w.messages, %s, w.unknown_messages, coalesce(d.turns, 0) AS turns, %s
    FROM whole w LEFT JOIN delay d USING (_feed, conversation_id)
    """
        .formatted(spoken(), stretches(), answers(), whole(), delays(), own, counts, delays);
  }

  /** The messages of known types, in their order, and where a turn or a stretch begins. */
  private static String spoken() {
    return """
    SELECT *, sum(begins::INTEGER) OVER (
        PARTITION BY _feed, conversation_id ORDER BY posted_at, _cursor, message_id
        ROWS UNBOUNDED PRECEDING) AS number
    FROM (
      SELECT _feed, conversation_id, message_id, posted_at, _cursor, author_type,
        author_type IS DISTINCT FROM lag(author_type) OVER told AS turns,
        (author_type = 'customer') IS DISTINCT FROM lag(author_type = 'customer') OVER told AS begins
      FROM %s WHERE author_type IS NOT NULL
      WINDOW told AS (
        PARTITION BY _feed, conversation_id ORDER BY posted_at, _cursor, message_id))
    """
        .formatted(MESSAGES);
  }

  private static String stretches() {
    String firsts =
        TYPES.stream()
            .map(type ->
                "min(posted_at) FILTER (WHERE author_type = '%1$s') AS %1$s_at".formatted(type))
            .collect(Collectors.joining(", "));
    return """
    SELECT _feed, conversation_id, number, sum(turns::INTEGER) AS turns, min(posted_at) AS began, %s
    FROM spoken GROUP BY ALL
    """
        .formatted(firsts);
  }

  private static String answers() {
    String delays =
        TYPES.stream()
            .map(type ->
                "(epoch_us(%1$s_at) - epoch_us(lag(began) OVER asked)) / 1e6 AS %1$s_delay"
                    .formatted(type))
            .collect(Collectors.joining(", "));
    return """
    SELECT _feed, conversation_id, number, turns, %s FROM stretch
    WINDOW asked AS (PARTITION BY _feed, conversation_id ORDER BY number)
    """
        .formatted(delays);
  }

  private static String delays() {
    String figures =
        TYPES.stream()
            .map(type ->
                """
                first(%1$s_delay ORDER BY number) FILTER (WHERE %1$s_delay IS NOT NULL) AS %1$s_first_response_seconds,
                avg(%1$s_delay) AS %1$s_mean_response_seconds\
                """
                    .formatted(type))
            .collect(Collectors.joining(", "));
    return """
    SELECT _feed, conversation_id, sum(turns)::BIGINT AS turns, %s
    FROM answer GROUP BY ALL
    """
        .formatted(figures);
  }

  /** What is said of all messages; the newest is the one that was changed last. */
  private static String whole() {
    String newest =
        repeated().stream()
            .map(field -> Sql.text(field.name()) + ": " + Sql.name(field.name()))
            .collect(Collectors.joining(", "));
    String counts =
        TYPES.stream()
            .map(type ->
                "count(*) FILTER (WHERE author_type = '%1$s') AS %1$s_messages".formatted(type))
            .collect(Collectors.joining(", "));
    String age = "ORDER BY _cursor NULLS FIRST, posted_at NULLS FIRST, message_id";
    return """
    SELECT _feed, any_value(kind) AS kind, conversation_id,
      last(account_id %2$s) FILTER (WHERE account_id IS NOT NULL) AS account_id,
      last({%1$s} %2$s) AS newest,
      min(posted_at) AS first_posted_at, max(posted_at) AS last_posted_at,
      count(*) AS messages, %3$s, count(*) FILTER (WHERE author_type IS NULL) AS unknown_messages
    FROM %4$s GROUP BY _feed, conversation_id
    """
        .formatted(newest, age, counts, MESSAGES);
  }
}
