package ai.birdie.core.kind;

import static ai.birdie.core.kind.Field.Basis.DOCUMENTED;
import static ai.birdie.core.kind.Field.Basis.IMPLIED;
import static ai.birdie.core.kind.Field.Level.CONVERSATION;
import static ai.birdie.core.kind.Field.Need.EXPECTED;
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
import java.util.regex.Pattern;

/**
 * The kinds that Birdie knows. Field names and meanings follow Birdie's published schema where it
 * is public; the rest is this project's reading of it.
 */
public final class RecordKinds {

  public static final RecordKind REVIEW =
      feedback(
          "review",
          "Review",
          "what a customer wrote of a product or place, mostly with stars",
          List.of("text", "title", "rating"),
          new Field("rating", NUMBER, OPTIONAL, "stars, 1 to 5")
              .within(new Domain.Range(1, 5))
              .from(DOCUMENTED),
          new Field("url", TEXT, OPTIONAL, "where the review can be read"));

  public static final RecordKind NPS =
      feedback(
          "nps",
          "NPS",
          "an answer to a survey of how likely somebody is to recommend",
          List.of(),
          new Field("rating", INTEGER, REQUIRED, "likelihood to recommend, 0 to 10")
              .within(new Domain.Range(0, 10))
              .from(DOCUMENTED),
          new Field("survey_title", TEXT, OPTIONAL, "name of the survey").from(DOCUMENTED),
          new Field("ticket_id", TEXT, OPTIONAL, "the conversation that the survey was about")
              .from(IMPLIED));

  public static final RecordKind CSAT =
      feedback(
          "csat",
          "CSAT",
          "an answer to a survey of how satisfied somebody is",
          List.of(),
          new Field("rating", NUMBER, REQUIRED, "satisfaction, 1 to 5 unless declared otherwise")
              .within(new Domain.Range(1, 5))
              .from(DOCUMENTED),
          new Field("survey_title", TEXT, OPTIONAL, "name of the survey").from(DOCUMENTED),
          new Field("ticket_id", TEXT, OPTIONAL, "the conversation that the survey was about")
              .from(IMPLIED));

  public static final RecordKind SUPPORT_TICKET =
      conversation("support_ticket", "Support Ticket", "a message of a support ticket");

  public static final RecordKind SOCIAL_MEDIA_POST =
      conversation(
          "social_media_post", "Social Media Post", "a post, or an answer to one, in public");

  public static final RecordKind ISSUE =
      conversation("issue", "Issue", "a message of an issue or a complaint");

  public static final RecordKind ACCOUNT =
      new RecordKind(
          "account",
          "Account",
          Family.AUDIENCE,
          "a company that is a customer",
          List.of(
              new Field("account_id", TEXT, REQUIRED, "joins to account_id of feedback")
                  .from(DOCUMENTED),
              new Field("name", TEXT, OPTIONAL, "name of the company"),
              new Field("created_at", TIMESTAMP, OPTIONAL, "since when it is a customer")),
          List.of("account_id"),
          List.of());

  public static final RecordKind USER =
      new RecordKind(
          "user",
          "User",
          Family.AUDIENCE,
          "a person who writes feedback",
          List.of(
              new Field("author_id", TEXT, REQUIRED, "joins to author_id of feedback")
                  .from(DOCUMENTED),
              new Field("account_id", TEXT, OPTIONAL, "the account that the user belongs to"),
              new Field("name", TEXT, OPTIONAL, "name of the user")),
          List.of("author_id"),
          List.of());

  /** Any operational or reference table: its feed names the key, its columns are as they are. */
  public static final RecordKind REFERENCE =
      new RecordKind(
          "reference",
          "Reference",
          Family.TABLE,
          "a row of any other table, presented as it is",
          List.of(),
          List.of(),
          List.of());

  private static final List<RecordKind> ALL =
      List.of(
          REVIEW, NPS, CSAT, SUPPORT_TICKET, SOCIAL_MEDIA_POST, ISSUE, ACCOUNT, USER, REFERENCE);

  private static final Pattern AROUND = Pattern.compile("^[ \\t\\n\\r]+|[ \\t\\n\\r]+\\z");

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
   * Blanks around it are spaces, tabs, and ends of lines, as in the statements that select rows by
   * it.
   */
  public static String idOf(String name) {
    return AROUND.matcher(name).replaceAll("").toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
  }

  /**
   * The kind with ratings of another scale, as a survey of CSAT may have.
   *
   * @throws IllegalArgumentException if the kind's ratings have a scale of their own, or it has
   *     none
   */
  public static RecordKind rated(RecordKind kind, Domain.Range scale) {
    if (!kind.id().equals(CSAT.id())) {
      throw new IllegalArgumentException("The scale of " + kind.id() + " is not to be declared");
    }
    return kind.within("rating", scale);
  }

  private static RecordKind feedback(
      String id, String displayName, String meaning, List<String> anyOf, Field... own) {
    List<Field> fields = new ArrayList<>();
    fields.add(
        new Field("feedback_id", TEXT, REQUIRED, "unique id of the record").from(DOCUMENTED));
    fields.add(
        new Field("posted_at", TIMESTAMP, EXPECTED, "when it was published").from(DOCUMENTED));
    fields.add(new Field("text", TEXT, OPTIONAL, "what the person wrote").from(DOCUMENTED));
    fields.add(
        new Field("title", TEXT, OPTIONAL, "title, where the source has one").from(DOCUMENTED));
    fields.addAll(List.of(own));
    fields.add(
        new Field("author_id", TEXT, OPTIONAL, "joins to the user who wrote it").from(DOCUMENTED));
    fields.add(
        new Field("account_id", TEXT, OPTIONAL, "joins to the author's account").from(DOCUMENTED));
    fields.add(new Field("author_name", TEXT, OPTIONAL, "name of the author").from(DOCUMENTED));
    fields.add(new Field("language", TEXT, OPTIONAL, "BCP 47 tag"));
    fields.add(new Field("source", TEXT, OPTIONAL, "where it was collected"));
    return new RecordKind(
        id, displayName, Family.FEEDBACK, meaning, fields, List.of("feedback_id"), anyOf);
  }

  private static RecordKind conversation(String id, String displayName, String meaning) {
    return new RecordKind(
        id,
        displayName,
        Family.CONVERSATION,
        meaning,
        List.of(
            new Field("conversation_id", TEXT, REQUIRED, "groups the messages").from(DOCUMENTED),
            new Field("message_id", TEXT, REQUIRED, "unique in its conversation"),
            new Field("posted_at", TIMESTAMP, EXPECTED, "when the message was sent").from(IMPLIED),
            new Field("text", TEXT, REQUIRED, "the message").from(IMPLIED),
            new Field("author_id", TEXT, OPTIONAL, "joins to the user who wrote it")
                .from(DOCUMENTED),
            new Field("account_id", TEXT, OPTIONAL, "joins to the author's account")
                .from(DOCUMENTED),
            new Field("author_type", TEXT, OPTIONAL, "customer, agent, or bot")
                .within(new Domain.Words(List.of("customer", "agent", "bot")))
                .from(DOCUMENTED),
            new Field("author_name", TEXT, OPTIONAL, "name of the author"),
            new Field("title", TEXT, OPTIONAL, "subject of the conversation").of(CONVERSATION),
            new Field("status", TEXT, OPTIONAL, "state of the conversation")
                .of(CONVERSATION)
                .from(IMPLIED),
            new Field("rating", NUMBER, OPTIONAL, "score given to the conversation")
                .of(CONVERSATION),
            new Field("channel", TEXT, OPTIONAL, "where the conversation took place")
                .of(CONVERSATION),
            new Field("language", TEXT, OPTIONAL, "BCP 47 tag").of(CONVERSATION),
            new Field("url", TEXT, OPTIONAL, "where the conversation can be read")
                .of(CONVERSATION)),
        List.of("conversation_id", "message_id"),
        List.of());
  }
}
