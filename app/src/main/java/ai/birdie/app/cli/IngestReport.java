package ai.birdie.app.cli;

import ai.birdie.app.run.FeedOutcome;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Missed;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What a run did, as people and programs read it. */
record IngestReport(List<FeedOutcome> outcomes) {

  /** The JSON document. */
  record Document(List<FeedDocument> feeds) {}

  /** One feed of it; the counts of one that failed are those of the windows that landed. */
  record FeedDocument(
      String feed,
      String kind,
      String outcome,
      long windows,
      long read,
      long added,
      long changed,
      long identical,
      long superseded,
      long deleted,
      long suppressed,
      long quarantined,
      long late,
      Optional<Duration> lateness,
      long bytes,
      Traffic traffic,
      List<String> warnings,
      Optional<Session.Failure> failure) {}

  IngestReport {
    outcomes = List.copyOf(outcomes);
  }

  Document document() {
    return new Document(outcomes.stream().map(IngestReport::document).toList());
  }

  /** Prints one line a feed. */
  void print(Output output) {
    output.table(
        List.of(
            "feed",
            "kind",
            "windows",
            "read",
            "new",
            "changed",
            "identical",
            "superseded",
            "deleted",
            "quarantined",
            ""),
        outcomes.stream().map(IngestReport::row).toList());
    for (FeedOutcome outcome : outcomes) {
      long suppressed = outcome.report().rows(Disposition.SUPPRESSED);
      if (suppressed > 0) {
        output.line(
            "%s: %s rows are of people who were erased, and were not kept"
                .formatted(outcome.feed().name(), Output.count(suppressed)));
      }
      lateness(outcome.report())
          .map(late -> late.truncatedTo(ChronoUnit.SECONDS))
          .ifPresent(late ->
              output.line(
                  "%s: %s rows came late, %s or more after their stamp"
                      .formatted(
                          outcome.feed().name(),
                          Output.count(outcome.report().missed().late()),
                          late)));
    }
  }

  List<BirdieException> failures() {
    return outcomes.stream()
        .filter(FeedOutcome.Failed.class::isInstance)
        .map(outcome -> ((FeedOutcome.Failed) outcome).failure())
        .toList();
  }

  /** Says of each feed that failed why it did. */
  void explainFailures(Session session) {
    for (FeedOutcome outcome : outcomes) {
      if (outcome instanceof FeedOutcome.Failed(var landed, var traffic, var failure)) {
        session.note("birdie: " + landed.feed().name() + " failed.");
        session.explain(failure);
      }
    }
  }

  /** The first failure's, or zero. */
  ExitCode exitCode() {
    return failures().stream().findFirst().map(ExitCode::of).orElse(ExitCode.DONE);
  }

  private static FeedDocument document(FeedOutcome outcome) {
    RunReport report = outcome.report();
    return new FeedDocument(
        outcome.feed().name(),
        outcome.feed().kind().id(),
        word(outcome),
        report.receipts().size(),
        report.read(),
        report.rows(Disposition.NEW),
        report.rows(Disposition.CHANGED),
        report.rows(Disposition.IDENTICAL),
        report.rows(Disposition.SUPERSEDED),
        report.rows(Disposition.DELETED),
        report.rows(Disposition.SUPPRESSED),
        report.quarantined(),
        report.missed().late(),
        lateness(report),
        report.bytes(),
        outcome.traffic(),
        report.warnings(),
        outcome instanceof FeedOutcome.Failed(var landed, var traffic, var failure)
            ? Optional.of(Session.Failure.of(failure))
            : Optional.empty());
  }

  private static Optional<Duration> lateness(RunReport report) {
    return Optional.of(report.missed()).filter(missed -> missed.late() > 0).map(Missed::latest);
  }

  private static List<String> row(FeedOutcome outcome) {
    FeedDocument feed = document(outcome);
    return List.of(
        feed.feed(),
        feed.kind(),
        Output.count(feed.windows()),
        Output.count(feed.read()),
        Output.count(feed.added()),
        Output.count(feed.changed()),
        Output.count(feed.identical()),
        Output.count(feed.superseded()),
        Output.count(feed.deleted()),
        Output.count(feed.quarantined()),
        feed.outcome());
  }

  static String word(FeedOutcome outcome) {
    return switch (outcome) {
      case FeedOutcome.Done done -> "done";
      case FeedOutcome.Compared compared ->
          compared.reconciliation().balances() ? "equal" : "DIFFERS";
      case FeedOutcome.Failed failed -> "FAILED";
    };
  }
}
