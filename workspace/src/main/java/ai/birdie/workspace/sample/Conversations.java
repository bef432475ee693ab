package ai.birdie.workspace.sample;

import ai.birdie.workspace.sample.Phrases.Mood;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Conversations of two to six messages, a row for each message. */
record Conversations(Sort sort, Setting setting) implements Kind {
  /** Where people talk. */
  enum Sort {
    SUPPORT_TICKET("support_ticket"),
    SOCIAL_MEDIA_POST("social_media_post"),
    ISSUE("issue");

    private final String table;

    Sort(String table) {
      this.table = table;
    }

    List<String> channels() {
      return switch (this) {
        case SUPPORT_TICKET -> List.of("email", "chat", "phone", "in-app");
        case SOCIAL_MEDIA_POST -> List.of("microblog", "forum", "video comments");
        case ISSUE -> List.of("tracker", "beta program");
      };
    }
  }

  /** Five conversations make a group of twenty rows, so that a row's number tells its place. */
  private static final int[] MESSAGES = {4, 2, 6, 3, 5};

  private static final int GROUP = 20;

  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final String COLUMNS_AFTER_POSTED_AT =
      ", text STRING, title STRING, author_id STRING, account_id STRING, author_type STRING,"
          + " author_name STRING, status STRING, rating INT, channel STRING, language STRING,"
          + " url STRING, labels ARRAY<STRING>, is_public BOOLEAN, likes BIGINT,"
          + " cost DECIMAL(10,2), due_on DATE, product STRUCT<id: STRING, name: STRING>,"
          + " fields MAP<STRING, STRING>, updated_at TIMESTAMP";

  @Override
  public String name() {
    return sort.table;
  }

  /** Posts come from an export that knows times as texts only. */
  @Override
  public StructType schema() {
    String postedAt = sort == Sort.SOCIAL_MEDIA_POST ? "STRING" : "TIMESTAMP";
    return StructType.fromDDL(
        "conversation_id STRING, message_id STRING, posted_at "
            + postedAt
            + COLUMNS_AFTER_POSTED_AT);
  }

  @Override
  public long rowCount() {
    return setting.population().rows();
  }

  @Override
  public Row row(long index) {
    long original = Repeats.original(index);
    long conversation = original / GROUP * MESSAGES.length;
    int message = (int) (original % GROUP);
    while (message >= MESSAGES[(int) (conversation % MESSAGES.length)]) {
      message -= MESSAGES[(int) (conversation % MESSAGES.length)];
      conversation++;
    }
    Talk talk =
        new Talk(conversation, Draw.of(setting.seed(), sort.table + "/thread", conversation), this);
    return talk.row(message, Draw.of(setting.seed(), sort.table, original));
  }

  /** What all messages of one conversation share. */
  private static final class Talk {
    private final Conversations kind;
    private final String id;
    private final Instant openedAt;
    private final String language;
    private final int user;
    private final String customer;
    private final String channel;
    private final String status;
    private final Mood mood;
    private final @Nullable Integer rating;
    private final String title;
    private final int product;

    Talk(long number, Draw draw, Conversations kind) {
      this.kind = kind;
      this.id = kind.sort.table + "-%06d".formatted(number);
      this.openedAt = draw.inTheYearBefore(kind.setting.now()).minusSeconds(7200);
      this.language = Phrases.language(draw);
      this.user = draw.below(kind.setting.population().users());
      this.customer = Phrases.name(draw);
      this.channel = draw.of(kind.sort.channels());
      this.status = draw.of(List.of("open", "pending", "solved", "closed", "closed"));
      this.mood = draw.of(List.of(Mood.BAD, Mood.BAD, Mood.MIXED, Mood.GOOD));
      this.rating = draw.percent(30) ? 1 + draw.below(5) : null;
      this.title =
          Phrases.filled(draw, draw.of(List.of("{f} in {p}", "Question about {f}", "{p}: {f}")));
      this.product = draw.below(kind.setting.population().products());
    }

    Row row(int message, Draw draw) {
      Flaw flaw = Flaw.of(draw);
      String author =
          message == 0 ? "customer" : draw.of(List.of("agent", "customer", "agent", "bot"));
      boolean isCustomer = author.equals("customer");
      Instant now = kind.setting.now();
      Instant postedAt =
          openedAt.plusSeconds(message * 1200L).plusNanos(draw.below(1_000_000) * 1000L);
      return SparkRow.of(
          Flaws.key(flaw, id),
          Integer.toString(message + 1),
          postedAt(flaw, postedAt),
          text(draw, flaw, author),
          title,
          isCustomer ? Ids.user(user) : author + "-" + draw.below(12),
          isCustomer ? Ids.accountOfUser(user, kind.setting.population()) : null,
          flaw == Flaw.UNPARSABLE ? "somebody" : author,
          isCustomer ? customer : author.equals("bot") ? "Assistant" : Phrases.name(draw),
          status,
          flaw == Flaw.RATING_OUT_OF_RANGE ? Integer.valueOf(77) : rating,
          channel,
          language,
          draw.percent(50) ? "https://example.com/" + id + "#" + (message + 1) : null,
          List.of(draw.of(Phrases.FEATURES)),
          kind.sort != Sort.SUPPORT_TICKET,
          kind.sort == Sort.SOCIAL_MEDIA_POST ? Long.valueOf(draw.below(5000)) : null,
          draw.percent(60) ? null : BigDecimal.valueOf(draw.below(20_000), 2),
          openedAt.atZone(ZoneOffset.UTC).toLocalDate().plusDays(2),
          SparkRow.of(
              Ids.product(product), Phrases.PRODUCTS.get(product % Phrases.PRODUCTS.size())),
          Map.of("queue", draw.of(List.of("tier-1", "tier-2", "billing")), "locale", language),
          Flaws.cursor(flaw, draw.afterwards(postedAt, now), now));
    }

    private @Nullable Object postedAt(Flaw flaw, Instant postedAt) {
      if (flaw == Flaw.NULL_POSTED_AT) {
        return null;
      }
      if (kind.sort != Sort.SOCIAL_MEDIA_POST) {
        return postedAt;
      }
      return flaw == Flaw.UNPARSABLE ? "yesterday, around noon" : RFC_3339.format(postedAt);
    }

    private @Nullable String text(Draw draw, Flaw flaw, String author) {
      if (flaw == Flaw.NO_TEXT) {
        return draw.percent(50) ? null : "";
      }
      return switch (author) {
        case "agent" -> Phrases.filled(draw, draw.of(Phrases.AGENT_LINES));
        case "bot" -> Phrases.filled(draw, draw.of(Phrases.BOT_LINES));
        default -> Phrases.comment(draw, language, mood);
      };
    }
  }
}
