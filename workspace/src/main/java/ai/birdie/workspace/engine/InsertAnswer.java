package ai.birdie.workspace.engine;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.plans.logical.AppendData;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OverwriteByExpression;
import org.apache.spark.sql.catalyst.plans.logical.OverwritePartitionsDynamic;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What an INSERT answers: how many rows it inserted. Delta's own answers nothing.
 *
 * <p>Source: what users of Databricks see in answers, such as jOOQ's issue 19733.
 */
final class InsertAnswer {
  private static final StructType COLUMNS =
      new StructType()
          .add("num_affected_rows", DataTypes.LongType)
          .add("num_inserted_rows", DataTypes.LongType);

  private InsertAnswer() {}

  /** Whether an analysed statement is an INSERT, in any of its forms. */
  static boolean isFor(LogicalPlan analyzed) {
    return analyzed instanceof AppendData
        || analyzed instanceof OverwriteByExpression
        || analyzed instanceof OverwritePartitionsDynamic;
  }

  static Dataset<Row> of(long rows, Dataset<Row> insert) {
    return insert.sparkSession().createDataFrame(List.of(RowFactory.create(rows, rows)), COLUMNS);
  }
}
