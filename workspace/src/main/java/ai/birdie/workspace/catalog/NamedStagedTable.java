package ai.birdie.workspace.catalog;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/** A table that Delta stages by its path, and that gets its name when it is committed. */
final class NamedStagedTable implements StagedTable, SupportsWrite {
  private final StagedTable staged;
  private final Runnable register;

  NamedStagedTable(StagedTable staged, Runnable register) {
    this.staged = staged;
    this.register = register;
  }

  @Override
  public void commitStagedChanges() {
    staged.commitStagedChanges();
    register.run();
  }

  @Override
  public void abortStagedChanges() {
    staged.abortStagedChanges();
  }

  @Override
  public String name() {
    return staged.name();
  }

  @Override
  @SuppressWarnings("deprecation") // Delta's staged table answers with this one.
  public StructType schema() {
    return staged.schema();
  }

  @Override
  public Transform[] partitioning() {
    return staged.partitioning();
  }

  @Override
  public Map<String, String> properties() {
    return staged.properties();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return staged.capabilities();
  }

  @Override
  public CustomTaskMetric[] reportDriverMetrics() {
    return staged.reportDriverMetrics();
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    return ((SupportsWrite) staged).newWriteBuilder(info);
  }
}
