package ai.birdie.duckdb;

import ai.birdie.core.kind.Family;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The view {@code feedback}: what customers said, of whatever kind, with what is known of who said
 * it. It is made of the kinds' own views whenever it is asked for, so that it does not matter which
 * of two rows that belong together came first.
 *
 * <p>Of conversations it has the messages of customers, and those of whom nobody knows the type; a
 * conversation's rating is no message's. An account or a user that several feeds have counts once,
 * as the first feed by name has it.
 */
final class FeedbackView {

  static final String FEEDBACK = "feedback";

  /** The columns that are taken from the kinds' views, and the fields that they are there. */
  private static final Map<String, FieldType> COMMON = common();

  private FeedbackView() {}

  private static Map<String, FieldType> common() {
    Map<String, FieldType> common = new LinkedHashMap<>();
    common.put("feedback_id", FieldType.TEXT);
    common.put("conversation_id", FieldType.TEXT);
    common.put("posted_at", FieldType.TIMESTAMP);
    common.put("text", FieldType.TEXT);
    common.put("title", FieldType.TEXT);
    common.put("rating", FieldType.NUMBER);
    common.put("author_id", FieldType.TEXT);
    common.put("account_id", FieldType.TEXT);
    common.put("author_name", FieldType.TEXT);
    common.put("language", FieldType.TEXT);
    common.put("source", FieldType.TEXT);
    return common;
  }

  /** Creates the view over the views of these kinds, which are there. */
  static void create(Database database, List<RecordKind> kinds) {
    String said =
        kinds.stream()
            .filter(kind -> isSaid(kind.family()))
            .map(FeedbackView::rows)
            .collect(Collectors.joining(" UNION ALL "));
    database.execute(
        """
        CREATE OR REPLACE VIEW main.feedback AS
        SELECT f.*, a.name AS account_name, a.attributes AS account_attributes,
          u.name AS user_name, u.attributes AS user_attributes
        FROM (%s) f
        LEFT JOIN (%s) a ON a.id = f.account_id
        LEFT JOIN (%s) u ON u.id = f.author_id
        """
            .formatted(said, people("account", "account_id"), people("user", "author_id")));
  }

  private static boolean isSaid(Family family) {
    return family == Family.FEEDBACK || family == Family.CONVERSATION;
  }

  private static String rows(RecordKind kind) {
    boolean messages = kind.family() == Family.CONVERSATION;
    List<String> selected = new ArrayList<>();
    COMMON.forEach((name, type) -> selected.add(column(kind, messages, name, type)));
    return "SELECT _feed, %s AS kind, %s FROM main.%s%s"
        .formatted(
            Sql.text(kind.id()),
            String.join(", ", selected),
            Sql.name(kind.id()),
            messages && kind.field("author_type").isPresent()
                ? " WHERE author_type IS NULL OR author_type::VARCHAR = 'customer'"
                : "");
  }

  private static String column(RecordKind kind, boolean messages, String name, FieldType type) {
    String field = messages && name.equals("feedback_id") ? "message_id" : name;
    boolean there = kind.field(field).isPresent() && !(messages && name.equals("rating"));
    return "TRY_CAST(%s AS %s) AS %s"
        .formatted(there ? Sql.name(field) : "NULL", FieldSql.type(type), Sql.name(name));
  }

  private static String people(String view, String id) {
    return """
    SELECT %2$s AS id, name, additional_fields AS attributes FROM main.%1$s
    QUALIFY row_number() OVER (PARTITION BY %2$s ORDER BY _feed, additional_fields::VARCHAR) = 1\
    """
        .formatted(Sql.name(view), Sql.name(id));
  }
}
