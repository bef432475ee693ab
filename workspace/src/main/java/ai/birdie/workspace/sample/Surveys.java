package ai.birdie.workspace.sample;

import ai.birdie.workspace.sample.Phrases.Mood;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Feedback of one person at one moment: nps, csat, and review. */
record Surveys(Sort sort, Setting setting) implements Kind {
  /** What is asked, and on which scale. */
  enum Sort {
    NPS("nps", 0, 10),
    CSAT("csat", 1, 5),
    REVIEW("review", 1, 5);

    private final String table;
    private final int least;
    private final int most;

    Sort(String table, int least, int most) {
      this.table = table;
      this.least = least;
      this.most = most;
    }

    int rating(Draw draw) {
      return least
          + switch (this) {
            case NPS -> draw.weighted(1, 1, 1, 2, 2, 5, 8, 12, 18, 22, 28);
            case CSAT -> draw.weighted(6, 8, 16, 36, 34);
            case REVIEW -> draw.weighted(9, 8, 14, 29, 40);
          };
    }
  }

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "feedback_id STRING, posted_at TIMESTAMP, rating INT, text STRING, title STRING,"
              + " author_id STRING, account_id STRING, author_name STRING, survey_title STRING,"
              + " ticket_id STRING, language STRING, source STRING, product_id STRING,"
              + " may_contact BOOLEAN, answer_seconds BIGINT, basket_value DECIMAL(12,2),"
              + " sentiment DOUBLE, survey_date DATE, tags ARRAY<STRING>,"
              + " properties MAP<STRING, STRING>,"
              + " device STRUCT<os: STRING, app_version: STRING, screen_width: INT>,"
              + " updated_at TIMESTAMP");

  @Override
  public String name() {
    return sort.table;
  }

  @Override
  public StructType schema() {
    return SCHEMA;
  }

  @Override
  public long rowCount() {
    return setting.population().rows();
  }

  @Override
  public Row row(long index) {
    // One row in a hundred is delivered twice.
    return row(
        Repeats.original(index), Draw.of(setting.seed(), sort.table, Repeats.original(index)));
  }

  private Row row(long index, Draw draw) {
    Flaw flaw = Flaw.of(draw);
    int rating = rating(draw, flaw);
    String language = Phrases.language(draw);
    Instant postedAt = draw.inTheYearBefore(setting.now());
    int user = draw.below(setting.population().users());
    boolean anonymous = draw.percent(8);
    LocalDate day = postedAt.atZone(ZoneOffset.UTC).toLocalDate();
    return SparkRow.of(
        Flaws.key(flaw, sort.table + "-%08d".formatted(index)),
        flaw == Flaw.NULL_POSTED_AT ? null : postedAt,
        draw.percent(sort == Sort.REVIEW ? 10 : 0) ? null : rating,
        text(draw, flaw, language, mood(rating)),
        sort == Sort.REVIEW && draw.percent(60) ? title(draw, rating) : null,
        anonymous ? null : Ids.user(user),
        anonymous ? null : Ids.accountOfUser(user, setting.population()),
        anonymous || sort == Sort.REVIEW ? null : Phrases.name(draw),
        sort == Sort.REVIEW
            ? null
            : draw.of(List.of("Relationship survey", "After checkout", "After support")),
        sort == Sort.CSAT && draw.percent(30)
            ? "support_ticket-%06d"
                .formatted(draw.below(Math.max(1, setting.population().rows() / 4)))
            : null,
        language,
        draw.of(List.of("app", "email", "web", "store")),
        Ids.product(draw.below(setting.population().products())),
        draw.percent(70),
        (long) draw.below(600),
        draw.percent(20) ? null : BigDecimal.valueOf(draw.below(500_000), 2),
        draw.between(-1, 1),
        day,
        tags(draw),
        properties(draw),
        device(draw),
        Flaws.cursor(flaw, draw.afterwards(postedAt, setting.now()), setting.now()));
  }

  private int rating(Draw draw, Flaw flaw) {
    int rating = sort.rating(draw);
    return flaw == Flaw.RATING_OUT_OF_RANGE ? draw.of(List.of(-1, sort.most + 1, 99)) : rating;
  }

  private Mood mood(int rating) {
    double place = (double) (rating - sort.least) / (sort.most - sort.least);
    return place >= 0.85 ? Mood.GOOD : place > 0.6 ? Mood.MIXED : Mood.BAD;
  }

  private @Nullable String text(Draw draw, Flaw flaw, String language, Mood mood) {
    if (flaw == Flaw.NO_TEXT) {
      return null;
    }
    if (sort != Sort.REVIEW && draw.percent(25)) {
      return draw.percent(20) ? "" : null;
    }
    return Phrases.comment(draw, language, mood);
  }

  private static String title(Draw draw, int rating) {
    return Phrases.filled(draw, rating >= 4 ? "Happy with {p}" : "Trouble with {f}");
  }

  private static List<String> tags(Draw draw) {
    return switch (draw.below(4)) {
      case 0 -> List.of();
      case 1 -> List.of(draw.of(Phrases.FEATURES));
      default -> List.of(draw.of(Phrases.FEATURES), draw.of(Phrases.FEATURES));
    };
  }

  private static @Nullable Map<String, String> properties(Draw draw) {
    return draw.percent(10)
        ? null
        : Map.of(
            "campaign", "c" + draw.below(40), "segment", draw.of(List.of("smb", "mid", "ent")));
  }

  private static Row device(Draw draw) {
    return SparkRow.of(
        draw.of(List.of("iOS", "Android", "Windows", "macOS")),
        draw.below(9) + "." + draw.below(20) + "." + draw.below(10),
        draw.percent(15) ? null : 320 + draw.below(3000));
  }
}
