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
  private final Runnable discard;

  /**
   * @param register gives it its name, or throws
   * @param discard deletes what there is of it
   */
  NamedStagedTable(StagedTable staged, Runnable register, Runnable discard) {
    this.staged = staged;
    this.register = register;
    this.discard = discard;
  }

  @Override
  public void commitStagedChanges() {
    try {
      staged.commitStagedChanges();
      register.run();
    } catch (Exception e) { // Scala throws undeclared checked ones
      discard.run();
      throw e;
    }
  }

  @Override
  public void abortStagedChanges() {
    staged.abortStagedChanges();
    discard.run();
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
