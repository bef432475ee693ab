package ai.birdie.workspace.sample;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A table of reference: what feedback is about. */
record Products(Setting setting) implements Kind {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "product_id STRING, name STRING, category STRING, price DECIMAL(10,2),"
              + " released_on DATE, is_active BOOLEAN, features ARRAY<STRING>,"
              + " updated_at TIMESTAMP");

  @Override
  public String name() {
    return "product";
  }

  @Override
  public StructType schema() {
    return SCHEMA;
  }

  @Override
  public long rowCount() {
    return setting.population().products();
  }

  @Override
  public Row row(long index) {
    Draw draw = Draw.of(setting.seed(), name(), index);
    Instant releasedAt = draw.inTheYearBefore(setting.now());
    return SparkRow.of(
        Ids.product(index),
        Phrases.PRODUCTS.get((int) (index % Phrases.PRODUCTS.size())) + " " + (1 + index / 6),
        draw.of(List.of("app", "card", "service")),
        BigDecimal.valueOf(99 + draw.below(50_000), 2),
        releasedAt.atZone(ZoneOffset.UTC).toLocalDate(),
        draw.percent(90),
        List.of(draw.of(Phrases.FEATURES), draw.of(Phrases.FEATURES)),
        draw.afterwards(releasedAt, setting.now()));
  }
}
