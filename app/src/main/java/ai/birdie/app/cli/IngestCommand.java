package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.run.Extent;
import ai.birdie.app.run.FeedOutcome;
import ai.birdie.app.run.Run;
import ai.birdie.core.error.ConfigException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code birdie ingest FILE...}. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Brings the store up to date with what each connection file names.",
    footer = {
      "",
      "What was interrupted goes on where it was: run the same command again.",
      "  birdie ingest nps.json reviews.json",
      "  birdie ingest --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z nps.json"
    })
final class IngestCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Mixin private final FeedFiles files = new FeedFiles();

  @ArgGroup private @Nullable Part part;

  /** What else may be read than what is new. */
  static final class Part {

    @Option(names = "--full", description = "Load everything anew, beside what is there.")
    private boolean full;

    @Option(
        names = "--accept",
        paramLabel = "WINDOW",
        description =
            "Take the rows of this held window that break the kind's rules into quarantine.")
    private @Nullable Long held;

    @ArgGroup(exclusive = false)
    private @Nullable Range range;

    Extent extent() {
      if (held != null) {
        return new Extent.Accepting(held);
      }
      return full || range == null ? new Extent.Anew() : range.extent();
    }
  }

  /** A range to read again. */
  static final class Range {

    @Option(
        names = "--from",
        required = true,
        paramLabel = "TIME",
        converter = TimeOption.class,
        description =
            "Read again what the partition column puts at or after this time or date, and")
    private Instant from = Instant.EPOCH;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "TIME",
        converter = TimeOption.class,
        description = "before this.")
    private Instant to = Instant.EPOCH;

    Extent extent() {
      if (!from.isBefore(to)) {
        throw new ConfigException("--from is not before --to.", "Give the earlier time first.");
      }
      return new Extent.Again(from, to);
    }
  }

  IngestCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Extent extent = part == null ? new Extent.UpToDate() : part.extent();
    List<Connection> connections = files.connections(session);
    try (App app = session.app(common)) {
      List<FeedOutcome> outcomes = new Run(app, session.progress()).over(connections, extent);
      IngestReport report = new IngestReport(outcomes);
      if (common.json) {
        session.output().json(report.document());
      } else {
        report.print(session.output());
      }
      report.explainFailures(session);
      return report.exitCode().code();
    }
  }
}
