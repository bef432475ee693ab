package ai.birdie.core.kind;

import static ai.birdie.core.kind.Field.Need.OPTIONAL;
import static ai.birdie.core.kind.Field.Need.REQUIRED;
import static ai.birdie.core.kind.FieldType.INTEGER;
import static ai.birdie.core.kind.FieldType.NUMBER;
import static ai.birdie.core.kind.FieldType.TEXT;
import static ai.birdie.core.kind.FieldType.TIMESTAMP;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds that Birdie knows. Field names and meanings follow Birdie's published schema where it
 * is public; the rest is this project's reading of it.
 */
public final class RecordKinds {

  public static final RecordKind REVIEW =
      feedback(
          "review",
          "Review",
          new Field("rating", NUMBER, OPTIONAL, "stars, 1 to 5"),
          new Field("url", TEXT, OPTIONAL, "where the review can be read"));

  public static final RecordKind NPS =
      feedback(
          "nps",
          "NPS",
          new Field("rating", INTEGER, REQUIRED, "likelihood to recommend, 0 to 10"),
          new Field("survey_title", TEXT, OPTIONAL, "name of the survey"),
          new Field("ticket_id", TEXT, OPTIONAL, "the conversation that the survey was about"));

  public static final RecordKind CSAT =
      feedback(
          "csat",
          "CSAT",
          new Field("rating", NUMBER, REQUIRED, "satisfaction, 1 to 5 unless declared otherwise"),
          new Field("survey_title", TEXT, OPTIONAL, "name of the survey"),
          new Field("ticket_id", TEXT, OPTIONAL, "the conversation that the survey was about"));

  public static final RecordKind SUPPORT_TICKET = conversation("support_ticket", "Support Ticket");

  public static final RecordKind SOCIAL_MEDIA_POST =
      conversation("social_media_post", "Social Media Post");

  public static final RecordKind ISSUE = conversation("issue", "Issue");

  public static final RecordKind ACCOUNT =
      new RecordKind(
          "account",
          "Account",
          List.of(
              new Field("account_id", TEXT, REQUIRED, "joins to account_id of feedback"),
              new Field("name", TEXT, OPTIONAL, "name of the company"),
              new Field("created_at", TIMESTAMP, OPTIONAL, "since when it is a customer")),
          List.of("account_id"));

  public static final RecordKind USER =
      new RecordKind(
          "user",
          "User",
          List.of(
              new Field("author_id", TEXT, REQUIRED, "joins to author_id of feedback"),
              new Field("account_id", TEXT, OPTIONAL, "the account that the user belongs to"),
              new Field("name", TEXT, OPTIONAL, "name of the user")),
          List.of("author_id"));

  /** Any operational or reference table: its feed names the key, its columns are as they are. */
  public static final RecordKind REFERENCE =
      new RecordKind("reference", "Reference", List.of(), List.of());

  private static final List<RecordKind> ALL =
      List.of(
          REVIEW, NPS, CSAT, SUPPORT_TICKET, SOCIAL_MEDIA_POST, ISSUE, ACCOUNT, USER, REFERENCE);

  private RecordKinds() {}

  /** All kinds, feedback first. */
  public static List<RecordKind> all() {
    return ALL;
  }

  /**
   * The kind of that id or display name, whatever its case, with spaces, hyphens, or underscores
   * between the words.
   */
  public static Optional<RecordKind> named(String name) {
    String id = idOf(name);
    return ALL.stream().filter(kind -> kind.id().equals(id)).findFirst();
  }

  /**
   * A kind's name as its id would be spelt: {@code " Support Ticket"} is {@code support_ticket}.
   */
  public static String idOf(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
  }

  private static RecordKind feedback(String id, String displayName, Field... own) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("feedback_id", TEXT, REQUIRED, "unique id of the record"));
    fields.add(new Field("posted_at", TIMESTAMP, REQUIRED, "when it was published"));
    fields.add(new Field("text", TEXT, OPTIONAL, "what the person wrote"));
    fields.add(new Field("title", TEXT, OPTIONAL, "title, where the source has one"));
    fields.addAll(List.of(own));
    fields.add(new Field("author_id", TEXT, OPTIONAL, "joins to the user who wrote it"));
    fields.add(new Field("account_id", TEXT, OPTIONAL, "joins to the author's account"));
    fields.add(new Field("author_name", TEXT, OPTIONAL, "name of the author"));
    fields.add(new Field("language", TEXT, OPTIONAL, "BCP 47 tag"));
    fields.add(new Field("source", TEXT, OPTIONAL, "where it was collected"));
    return new RecordKind(id, displayName, fields, List.of("feedback_id"));
  }

  private static RecordKind conversation(String id, String displayName) {
    return new RecordKind(
        id,
        displayName,
        List.of(
            new Field("conversation_id", TEXT, REQUIRED, "groups the messages"),
            new Field("message_id", TEXT, REQUIRED, "unique in its conversation"),
            new Field("posted_at", TIMESTAMP, REQUIRED, "when the message was sent"),
            new Field("text", TEXT, REQUIRED, "the message"),
            new Field("author_id", TEXT, OPTIONAL, "joins to the user who wrote it"),
            new Field("account_id", TEXT, OPTIONAL, "joins to the author's account"),
            new Field("author_type", TEXT, OPTIONAL, "customer, agent, or bot"),
            new Field("author_name", TEXT, OPTIONAL, "name of the author"),
            new Field("title", TEXT, OPTIONAL, "subject of the conversation"),
            new Field("status", TEXT, OPTIONAL, "state of the conversation"),
            new Field("rating", NUMBER, OPTIONAL, "score given to the conversation"),
            new Field("channel", TEXT, OPTIONAL, "where the conversation took place"),
            new Field("language", TEXT, OPTIONAL, "BCP 47 tag"),
            new Field("url", TEXT, OPTIONAL, "where the conversation can be read")),
        List.of("conversation_id", "message_id"));
  }
}
