package ai.birdie.app.cli;

import ai.birdie.app.local.LocalWorkspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code birdie workspace}. */
@Command(
    name = "workspace",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a Databricks workspace on this machine: its REST API over real Spark SQL and Delta.",
      "When it is ready it prints one line of JSON with its address and credentials."
    },
    footer = {
      "",
      "  birdie workspace --data exports/     serves exports/review.csv as main.feedback.review",
      "  birdie workspace --state lake/       keeps its tables in a folder"
    })
final class WorkspaceCommand implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Load CSV and Parquet files as tables main.feedback.<name>, not sample data.")
  private @Nullable Path data;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Keep the tables in a folder; otherwise they go when it ends.")
  private @Nullable Path state;

  @Option(names = "--port", paramLabel = "N", description = "Listen there; else on a free port.")
  private @Nullable Integer port;

  @Option(names = "--rows", paramLabel = "N", description = "Rows of sample data for each kind.")
  private @Nullable Integer rows;

  @Option(names = "--seed", paramLabel = "N", description = "What the sample data is drawn from.")
  private @Nullable Long seed;

  @Option(
      names = "--warehouse-start-seconds",
      paramLabel = "N",
      description = "What the warehouse takes to start and to stop; else no time.")
  private @Nullable Integer warehouseStartSeconds;

  @Option(
      names = "--warehouse-stopped",
      description = "Begin with a stopped warehouse, which the first statement starts.")
  private boolean warehouseStopped;

  @Option(
      names = "--warehouse-refuses",
      description = "Answer statements 503 while it starts, rather than let them wait.")
  private boolean warehouseRefuses;

  @Option(
      names = "--token-lifetime-seconds",
      paramLabel = "N",
      description = "How long OAuth tokens hold; else an hour.")
  private @Nullable Integer tokenLifetimeSeconds;

  WorkspaceCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (LocalWorkspace workspace = LocalWorkspace.start(session.root(), options())) {
      session.output().line(workspace.readyLine());
      return workspace.await() == 0 ? ExitCode.DONE.code() : ExitCode.BUG.code();
    } catch (InterruptedException e) {
      return ExitCode.DONE.code(); // it was told to stop, and has
    }
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    option(options, "--data", data);
    option(options, "--state", state);
    option(options, "--port", port);
    option(options, "--rows", rows);
    option(options, "--seed", seed);
    option(options, "--warehouse-start-seconds", warehouseStartSeconds);
    option(options, "--token-lifetime-seconds", tokenLifetimeSeconds);
    if (warehouseStopped) {
      options.add("--warehouse-stopped");
    }
    if (warehouseRefuses) {
      options.add("--warehouse-refuses");
    }
    return options;
  }

  private static void option(List<String> options, String name, @Nullable Object value) {
    if (value != null) {
      options.add(name);
      options.add(value.toString());
    }
  }
}
