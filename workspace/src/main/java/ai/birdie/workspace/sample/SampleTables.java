package ai.birdie.workspace.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;

/** Makes a table of sample rows for each kind of record, and one of reference. */
public final class SampleTables {
  private static final int ROWS_A_FILE = 50_000;
  private static final int AT_ONCE = 4;
  private static final String CURSOR = "updated_at";

  private final SparkSession spark;
  private final String schema;
  private final long seed;
  private final Instant now;

  /**
   * @param seed what the rows are drawn from: the same seed at the same time, the same rows
   * @param now the end of the year that the rows are of
   */
  public SampleTables(SparkSession spark, String catalog, String schema, long seed, Instant now) {
    this.spark = spark;
    this.schema = catalog + "." + schema;
    this.seed = seed;
    this.now = now;
  }

  /** Makes all tables, with {@code rows} rows of each kind of feedback. */
  public void create(int rows) {
    Population population = Population.of(rows);
    List<Kind> kinds = Kinds.all(new Setting(seed, now, population));
    try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> tables = new ArrayList<>();
      for (Kind kind : kinds) {
        tables.add(
            executor.submit(() -> {
              create(kind);
              return kind;
            }));
      }
      for (Future<?> table : tables) {
        table.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sample tables were made", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sample table could not be made", e.getCause());
    }
  }

  private void create(Kind kind) throws TableAlreadyExistsException {
    List<long[]> ranges = new ArrayList<>();
    for (long from = 0; from < kind.rowCount(); from += ROWS_A_FILE) {
      ranges.add(new long[] {from, Math.min(from + ROWS_A_FILE, kind.rowCount())});
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Dataset<Row> rows =
        spark.createDataFrame(
            context.parallelize(ranges, ranges.size()).flatMap(new RangeRows(kind)), kind.schema());
    rows.writeTo(schema + ".`" + kind.name() + "`")
        .using("delta")
        // Statistics of all columns take a quarter of the workspace's start.
        .tableProperty("delta.dataSkippingStatsColumns", CURSOR)
        .create();
  }

  private static final class RangeRows implements FlatMapFunction<long[], Row> {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    RangeRows(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Iterator<Row> call(long[] range) {
      return java.util.stream.LongStream.range(range[0], range[1]).mapToObj(kind::row).iterator();
    }
  }
}
