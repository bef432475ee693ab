package ai.birdie.workspace.engine;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether Spark compiles a query before it runs it. That costs a good part of a second, which a
 * small table never gives back, and makes a large one several times as fast.
 */
enum Effort {
  INTERPRET,
  COMPILE;

  static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private static final Map<String, String> COMPILED =
      Map.of(
          "spark.sql.codegen.wholeStage", "true",
          "spark.sql.codegen.factoryMode", "FALLBACK");

  private static final long MUCH = 16L * 1024 * 1024;

  /** What pays for so many bytes of input, as they are stored. */
  static Effort forBytes(long bytes) {
    return bytes > MUCH ? COMPILE : INTERPRET;
  }

  /** What pays for a query, by what it reads. */
  static Effort forQuery(Dataset<Row> query) {
    double bytes = 0;
    LogicalPlan plan = query.queryExecution().optimizedPlan();
    for (Object leaf : CollectionConverters.asJava(plan.collectLeaves())) {
      if (leaf instanceof LogicalPlan read) {
        bytes += read.stats().sizeInBytes().toDouble();
      }
    }
    return forBytes((long) bytes);
  }

  Map<String, String> settings() {
    return switch (this) {
      case INTERPRET -> INTERPRETED;
      case COMPILE -> COMPILED;
    };
  }
}
