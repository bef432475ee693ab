package ai.birdie.workspace.sample;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The people who give feedback, each of one account. */
record Users(Setting setting) implements Kind {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "author_id STRING, account_id STRING, name STRING, role STRING, locale STRING,"
              + " created_at TIMESTAMP, last_login_at TIMESTAMP, is_admin BOOLEAN,"
              + " sessions INT, attributes MAP<STRING, STRING>, updated_at TIMESTAMP");

  @Override
  public String name() {
    return "user";
  }

  @Override
  public StructType schema() {
    return SCHEMA;
  }

  @Override
  public long rowCount() {
    return setting.population().users();
  }

  @Override
  public Row row(long index) {
    long number = Repeats.original(index);
    Draw draw = Draw.of(setting.seed(), name(), number);
    Flaw flaw = Flaw.of(draw);
    Instant createdAt = draw.inTheYearBefore(setting.now());
    Instant lastLogin = draw.afterwards(createdAt, setting.now());
    return SparkRow.of(
        Flaws.key(flaw, Ids.user(number)),
        Ids.accountOfUser(number, setting.population()),
        Phrases.name(draw),
        draw.of(List.of("buyer", "owner", "analyst", "guest")),
        Phrases.language(draw),
        createdAt,
        draw.percent(5) ? null : lastLogin,
        draw.percent(10),
        draw.below(400),
        Map.of("team", "t" + draw.below(9)),
        Flaws.cursor(flaw, lastLogin, setting.now()));
  }
}
