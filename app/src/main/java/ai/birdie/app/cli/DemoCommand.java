package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.demo.Demonstration;
import ai.birdie.app.run.FeedOutcome;
import ai.birdie.app.validate.Check;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.duckdb.RowSink;
import ai.birdie.duckdb.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code birdie demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the whole of it on this machine, without an account.",
      "",
      "It starts a Databricks workspace with sample data, validates, ingests every kind, changes some",
      "rows as an ETL job would, ingests again, and shows the receipts. The store goes into a new",
      "temporary folder, unless --home names another."
    })
final class DemoCommand implements Callable<Integer> {

  private static final String NPS =
      """
      SELECT count(*), round(100 * (avg((rating >= 9)::INT) - avg((rating <= 6)::INT)), 1)
      FROM nps WHERE rating BETWEEN 0 AND 10
      """;

  private final Session session;

  @Mixin private final Common common = new Common();

  /** The JSON document. */
  record Document(
      String home,
      IngestReport.Document first,
      List<String> changes,
      IngestReport.Document second,
      double nps) {}

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Path home = common.home == null ? Files.createTempDirectory("birdie-demo-") : common.home;
    if (Files.exists(home.resolve("store.duckdb"))) {
      throw new ConfigException(
          "There is a store in " + home + " already.",
          "Give the demonstration a new folder with --home, or leave --home out.");
    }
    try (App app = new App(home, session.clock())) {
      say("Starting a Databricks workspace on this machine, with sample data ...");
      try (Demonstration demo = Demonstration.start(session.root(), app)) {
        say("  it serves " + demo.connections().size() + " tables at " + demo.host());
        return show(app, demo).code();
      }
    }
  }

  private ExitCode show(App app, Demonstration demo) {
    validate(demo);
    say("");
    say("First run: everything.");
    IngestReport first = ingest(demo);
    say("");
    say("An ETL job changes the source:");
    List<String> changes = demo.change();
    changes.forEach(change -> say("  " + change));
    say("");
    say("Second run: what changed, and an hour's look back for what came late.");
    IngestReport second = ingest(demo);
    try (StoreReader reader = app.reader()) {
      say("");
      say("Receipts of nps, verified against the store:");
      List<Receipt> receipts = reader.receipts("nps");
      ReceiptsCommand.Doubts doubts = ReceiptsCommand.Doubts.of(reader, "nps");
      if (!common.json) {
        ReceiptsCommand.print(session.output(), receipts, doubts);
      }
      double nps = nps(reader);
      if (common.json) {
        session
            .output()
            .json(
                new Document(
                    app.home().toString(), first.document(), changes, second.document(), nps));
      }
      return Stream.of(first.exitCode(), second.exitCode())
          .filter(code -> code != ExitCode.DONE)
          .findFirst()
          .orElse(doubts.none(receipts) ? ExitCode.DONE : ExitCode.DOES_NOT_BALANCE);
    } finally {
      say("");
      say("The store is " + app.home() + "; ask it something:");
      say("  ./birdie status --home " + app.home());
      say("  ./birdie query --home " + app.home() + " \"SELECT * FROM review LIMIT 5\"");
    }
  }

  private void validate(Demonstration demo) {
    for (Connection connection : demo.connections()) {
      boolean shown = connection.equals(demo.connections().getFirst());
      List<Check> checks = demo.validate(connection);
      if (shown) {
        say("");
        say("Validating " + connection.file().getFileName() + ", check by check:");
        checks.stream().flatMap(check -> ValidateCommand.lines(check).stream()).forEach(this::say);
      }
      checks.stream()
          .flatMap(check -> check.failure().stream())
          .findFirst()
          .ifPresent(failure -> {
            throw failure;
          });
    }
    say("  The other " + (demo.connections().size() - 1) + " connections pass too.");
  }

  private IngestReport ingest(Demonstration demo) {
    List<FeedOutcome> outcomes = demo.ingest(RunListener.NONE);
    IngestReport report = new IngestReport(outcomes);
    if (!common.json) {
      report.print(session.output());
    }
    report.explainFailures(session);
    return report;
  }

  private double nps(StoreReader reader) {
    List<Double> scores = new ArrayList<>();
    reader.query(
        NPS,
        new RowSink() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public void row(List<@Nullable Object> values) {
            double score = values.get(1) instanceof Number number ? number.doubleValue() : 0;
            say("");
            say("NPS %+.1f from %s answers.".formatted(score, values.getFirst()));
            scores.add(score);
          }
        });
    return scores.getFirst();
  }

  private void say(String line) {
    if (!common.json) {
      session.output().line(line);
    }
  }
}
