package ai.birdie.workspace.engine;

import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The sorts of statements that are for everybody who has the rights for them, by the names of
 * Spark's and Delta's plans, parsed and analysed. All others are for administrators alone.
 */
final class Commands {
  private static final Set<String> READING =
      Set.of(
          "CTERelationDef",
          "DescribeColumn",
          "DescribeDeltaDetailCommand",
          "DescribeDeltaHistory",
          "DescribeDeltaHistoryCommand",
          "DescribeFunction",
          "DescribeFunctionCommand",
          "DescribeNamespace",
          "DescribeQueryCommand",
          "DescribeRelation",
          "DescribeRelationJsonCommand",
          "DescribeTableCommand",
          "DescribeTablePartition",
          "ExplainCommand",
          "SetCatalogAndNamespace",
          "SetCatalogCommand",
          "SetNamespaceCommand",
          "ShowCatalogsCommand",
          "ShowColumns",
          "ShowColumnsCommand",
          "ShowCreateTable",
          "ShowCurrentNamespaceCommand",
          "ShowDeltaPartitionsCommand",
          "ShowDeltaTableColumnsCommand",
          "ShowFunctions",
          "ShowFunctionsCommand",
          "ShowNamespaces",
          "ShowNamespacesCommand",
          "ShowPartitions",
          "ShowTablePartition",
          "ShowTableProperties",
          "ShowTablePropertiesCommand",
          "ShowTables",
          "ShowTablesExtended",
          "ShowViews",
          "UnresolvedWith");

  /** What the catalog is asked for, by name, with the rights to write or to manage. */
  private static final Set<String> GUARDED_BY_THE_CATALOG =
      Set.of(
          "AddCheckConstraint",
          "AddColumns",
          "AddConstraint",
          "AlterColumns",
          "AlterTableAddConstraint",
          "AlterTableClusterBy",
          "AlterTableDropConstraint",
          "AlterViewAs",
          "CommentOnNamespace",
          "CommentOnTable",
          "CreateNamespace",
          "CreateTable",
          "CreateTableAsSelect",
          "CreateView",
          "DeleteFromTable",
          "DeltaDelete",
          "DeltaMergeInto",
          "DeltaUpdateTable",
          "DropColumns",
          "DropConstraint",
          "DropNamespace",
          "DropTable",
          "DropView",
          "InsertIntoStatement",
          "MergeIntoTable",
          "RenameColumn",
          "RenameTable",
          "ReplaceColumns",
          "ReplaceTable",
          "ReplaceTableAsSelect",
          "SetNamespaceProperties",
          "SetTableProperties",
          "SetViewProperties",
          "UnsetNamespacePropertiesCommand",
          "UnsetTableProperties",
          "UnsetViewProperties",
          "UpdateTable");

  /** What changes a table that the catalog may have given out for reading only. */
  private static final Set<String> CHANGING_TABLES =
      Set.of(
          "AppendData",
          "DeleteCommand",
          "DeltaReorgTable",
          "DeltaReorgTableCommand",
          "MergeIntoCommand",
          "OptimizeTableCommand",
          "OverwriteByExpression",
          "OverwritePartitionsDynamic",
          "RestoreTableCommand",
          "RestoreTableStatement",
          "TruncateDeltaTableCommand",
          "TruncatePartition",
          "TruncateTable",
          "UpdateCommand",
          "VacuumTableCommand");

  private static final Set<String> MAKING_TABLES =
      Set.of("CreateTable", "CreateTableAsSelect", "ReplaceTable", "ReplaceTableAsSelect");

  private Commands() {}

  /** Whether everybody may run it who has the rights. */
  static boolean known(String sort) {
    return READING.contains(sort)
        || GUARDED_BY_THE_CATALOG.contains(sort)
        || CHANGING_TABLES.contains(sort);
  }

  /** Whether a parsed statement makes a table, which Delta then wants to name by its folder. */
  static boolean makesTable(LogicalPlan parsed) {
    return MAKING_TABLES.contains(parsed.getClass().getSimpleName());
  }

  /** Whether it changes tables without asking the catalog for the right to. */
  static boolean changeTables(LogicalPlan command) {
    return CHANGING_TABLES.contains(command.getClass().getSimpleName());
  }
}
