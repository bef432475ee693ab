package ai.birdie.workspace.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.ResolvedInlineTable;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.CommandExecutionMode;
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

  /** Below this, compiling takes longer than it saves: some ten thousand rows of feedback. */
  private static final long MUCH = 4L * 1024 * 1024;

  private static final long ROW_BYTES = 32;

  /** What pays for so many bytes of input, as they are stored. */
  static Effort forBytes(long bytes) {
    return bytes > MUCH ? COMPILE : INTERPRET;
  }

  /** What pays for a query, by what it reads. */
  static Effort forQuery(Dataset<Row> query) {
    return forBytes(read(query.queryExecution().optimizedPlan()));
  }

  /**
   * What pays for a statement that may be a command. Spark runs a command as soon as it has
   * analysed it, so this analyses it once more, without running it.
   */
  static Effort forText(SparkSession spark, String text) {
    try {
      LogicalPlan parsed = spark.sessionState().sqlParser().parsePlan(text);
      if (!isCommand(parsed)) {
        return INTERPRET;
      }
      return forBytes(
          read(spark.sessionState().executePlan(parsed, CommandExecutionMode.SKIP()).analyzed()));
    } catch (Exception e) {
      // What is wrong with it is said when it is run; with parameters it cannot be known before.
      return COMPILE;
    }
  }

  private static boolean isCommand(LogicalPlan plan) {
    return (plan instanceof Command || plan instanceof ParsedStatement)
        || CollectionConverters.asJava(plan.children()).stream()
            .anyMatch(child -> isCommand(child));
  }

  private static long read(LogicalPlan plan) {
    if (plan instanceof ResolvedInlineTable values) {
      // It has no statistics: Spark makes it a relation only when it optimizes.
      return (long) values.rows().size() * ROW_BYTES;
    }
    List<Object> below = new ArrayList<>(CollectionConverters.asJava(plan.children()));
    below.addAll(CollectionConverters.asJava(plan.innerChildren()));
    if (below.isEmpty() && !(plan instanceof Command)) {
      double rows =
          plan.stats().rowCount().isEmpty() ? 0 : plan.stats().rowCount().get().toDouble();
      return (long) Math.max(plan.stats().sizeInBytes().toDouble(), rows * ROW_BYTES);
    }
    long bytes = 0;
    for (Object part : below) {
      if (part instanceof LogicalPlan inner) {
        bytes = Math.max(bytes, read(inner));
      }
    }
    return bytes;
  }

  Map<String, String> settings() {
    return switch (this) {
      case INTERPRET -> INTERPRETED;
      case COMPILE -> COMPILED;
    };
  }
}
