package ai.birdie.workspace.engine;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTime;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DateType$;
import org.apache.spark.sql.types.TimestampNTZType$;
import org.apache.spark.sql.types.TimestampType$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Puts the workspace's time where a query asks for the current one, before Spark puts the system's.
 */
final class CurrentTimeRule extends Rule<LogicalPlan> {
  /** Where in a plan. */
  enum Reach {
    /** Only in the moment of TIMESTAMP AS OF, which Spark needs in order to resolve a table. */
    TIME_TRAVEL,
    /** In all of it, once it is resolved, so that columns have got their names. */
    EVERYWHERE
  }

  private final Reach reach;
  private final Supplier<Instant> time;

  CurrentTimeRule(Reach reach, Supplier<Instant> time) {
    this.reach = reach;
    this.time = time;
  }

  /** What has Spark apply it in all sessions. */
  static AbstractFunction1<SparkSessionExtensions, BoxedUnit> extension(StatementTimes times) {
    return function(extensions -> {
      extensions.injectResolutionRule(in(Reach.TIME_TRAVEL, times));
      extensions.injectPostHocResolutionRule(in(Reach.EVERYWHERE, times));
      return BoxedUnit.UNIT;
    });
  }

  private static AbstractFunction1<SparkSession, Rule<LogicalPlan>> in(
      Reach reach, StatementTimes times) {
    return function(session -> {
      String id = ((org.apache.spark.sql.classic.SparkSession) session).sessionUUID();
      return new CurrentTimeRule(reach, () -> times.of(id));
    });
  }

  private static <A, B> AbstractFunction1<A, B> function(Function<A, B> body) {
    return new AbstractFunction1<>() {
      @Override
      public B apply(A argument) {
        return body.apply(argument);
      }
    };
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return switch (reach) {
      case TIME_TRAVEL -> plan.transformWithSubqueries(new TravelTimes());
      case EVERYWHERE ->
          plan.containsPattern(TreePattern.CURRENT_LIKE())
              ? plan.transformAllExpressionsWithSubqueries(new CurrentTimes())
              : plan;
    };
  }

  private final class TravelTimes extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {
    @Override
    public boolean isDefinedAt(LogicalPlan plan) {
      return plan instanceof RelationTimeTravel;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return plan.transformExpressions(new CurrentTimes());
    }
  }

  private final class CurrentTimes extends AbstractPartialFunction<Expression, Expression> {
    private final Instant now = time.get();

    @Override
    public boolean isDefinedAt(Expression expression) {
      boolean current =
          expression instanceof CurrentTimestampLike
              || expression instanceof CurrentDate
              || expression instanceof LocalTimestamp
              || expression instanceof CurrentTime;
      return current && expression.resolved();
    }

    @Override
    public Expression apply(Expression expression) {
      return switch (expression) {
        case CurrentDate date ->
            new Literal((int) at(date.zoneId()).toLocalDate().toEpochDay(), DateType$.MODULE$);
        case LocalTimestamp local ->
            new Literal(
                DateTimeUtils.localDateTimeToMicros(at(local.zoneId())), TimestampNTZType$.MODULE$);
        case CurrentTime ofDay ->
            new Literal(
                DateTimeUtils.truncateTimeToPrecision(
                    at(ofDay.zoneId()).toLocalTime().toNanoOfDay(), ofDay.precision()),
                ofDay.dataType());
        default -> new Literal(DateTimeUtils.instantToMicros(now), TimestampType$.MODULE$);
      };
    }

    private LocalDateTime at(ZoneId zone) {
      return LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MICROS), zone);
    }
  }
}
