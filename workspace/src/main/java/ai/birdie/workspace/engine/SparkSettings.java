package ai.birdie.workspace.engine;

import ai.birdie.workspace.catalog.CommitStore;
import ai.birdie.workspace.catalog.GovernanceExtension;
import ai.birdie.workspace.session.SqlParameter;
import ai.birdie.workspace.storage.HostFileContext;
import ai.birdie.workspace.storage.HostFileSystem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How Spark is set up: one process, loopback only, quick on small tables. */
final class SparkSettings {
  private static final int PLACES_PER_CORE = 4;

  private static final int MOST_CORES = 8;

  private SparkSettings() {}

  static Map<String, String> of(Path scratch) {
    int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST_CORES);
    Map<String, String> settings = new LinkedHashMap<>();
    // A task keeps its place to its end, and a heavy statement has about a task a core: with more
    // places than cores others find one, and turns within a principal's own pool are its own.
    settings.put("spark.master", "local[" + PLACES_PER_CORE * cores + "]");
    settings.put("spark.default.parallelism", Integer.toString(cores));
    settings.put("spark.app.name", "workspace");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.local.dir", scratch.toString());
    settings.put("spark.scheduler.mode", "FAIR");
    settings.put("spark.hadoop.fs.file.impl", HostFileSystem.class.getName());
    settings.put("spark.hadoop.fs.AbstractFileSystem.file.impl", HostFileContext.class.getName());
    settings.put("spark.driver.maxResultSize", "256m");
    settings.put("spark.sql.warehouse.dir", scratch.resolve("unused").toUri().toString());
    settings.put(
        "spark.sql.extensions",
        "io.delta.sql.DeltaSparkSessionExtension," + GovernanceExtension.class.getName());
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    settings.put("spark.sql.defaultCatalog", "hive_metastore");
    settings.put("spark.sql.sources.default", "delta");
    settings.putAll(SqlParameter.initialSettings());
    settings.put("spark.sql.shuffle.partitions", Integer.toString(cores));
    // With Delta's extension Spark binds named parameters in no other way.
    settings.put("spark.sql.legacy.parameterSubstitution.constantsOnly", "true");
    settings.put("spark.delta.logStore.file.impl", CommitStore.class.getName());
    // Commits are made whole by a rename, and one that waits is not to keep others waiting.
    settings.put("spark.databricks.delta.commitLock.enabled", "false");
    // The defaults of these are for clusters: thousands of tasks for a table of two files.
    settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    settings.put("spark.databricks.delta.snapshotPartitions", "1");
    settings.put("spark.databricks.delta.allFilesInCrc.enabled", "true");
    settings.put("spark.databricks.delta.allFilesInCrc.verificationMode.enabled", "false");
    // Planning again between stages costs more here than it can save.
    settings.put("spark.sql.adaptive.enabled", "false");
    settings.put("spark.sql.codegen.cache.maxEntries", "2000");
    // Compiling a query takes half a second, and pays only where there is much to read: see Effort.
    settings.putAll(Effort.INTERPRETED);
    settings.put("spark.sql.execution.arrow.maxRecordsPerBatch", "10000");
    settings.put("spark.sql.maxPlanStringLength", "4096");
    settings.put("spark.sql.debug.maxToStringFields", "1000");
    // Nobody looks at what was run, so it is not kept.
    settings.put("spark.ui.retainedJobs", "10");
    settings.put("spark.ui.retainedStages", "10");
    settings.put("spark.ui.retainedTasks", "100");
    settings.put("spark.sql.ui.retainedExecutions", "10");
    return settings;
  }
}
