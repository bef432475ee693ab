package ai.birdie.workspace.sample;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The companies that feedback comes from. */
record Accounts(Setting setting) implements Kind {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "account_id STRING, name STRING, created_at TIMESTAMP, plan STRING, industry STRING,"
              + " country STRING, annual_revenue DECIMAL(14,2), seats BIGINT, is_active BOOLEAN,"
              + " health_score DOUBLE, renewal_date DATE, regions ARRAY<STRING>,"
              + " attributes MAP<STRING, STRING>, address STRUCT<city: STRING, country: STRING>,"
              + " updated_at TIMESTAMP");

  @Override
  public String name() {
    return "account";
  }

  @Override
  public StructType schema() {
    return SCHEMA;
  }

  @Override
  public long rowCount() {
    return setting.population().accounts();
  }

  @Override
  public Row row(long index) {
    long number = Repeats.original(index);
    Draw draw = Draw.of(setting.seed(), name(), number);
    Flaw flaw = Flaw.of(draw);
    Instant createdAt = draw.inTheYearBefore(setting.now());
    String country = draw.of(List.of("BR", "US", "MX", "DE", "FR", "JP", "PT"));
    return SparkRow.of(
        Flaws.key(flaw, Ids.account(number)),
        draw.of(Phrases.LAST_NAMES) + draw.of(List.of(" Ltd", " & Co", " GmbH", " S.A.", " Inc.")),
        createdAt,
        draw.of(List.of("free", "team", "business", "enterprise")),
        draw.of(List.of("retail", "finance", "health", "media", "logistics")),
        country,
        BigDecimal.valueOf(draw.below(2_000_000_000), 2),
        (long) (1 + draw.below(5000)),
        draw.percent(88),
        draw.between(0, 100),
        createdAt.atZone(ZoneOffset.UTC).toLocalDate().plusYears(1),
        draw.percent(50) ? List.of(country) : List.of(country, "EU"),
        Map.of("owner", Phrases.name(draw), "tier", Integer.toString(1 + draw.below(3))),
        SparkRow.of(draw.of(List.of("São Paulo", "Berlin", "Lyon", "東京", "Austin")), country),
        Flaws.cursor(flaw, draw.afterwards(createdAt, setting.now()), setting.now()));
  }
}
