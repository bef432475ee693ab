package ai.birdie.app.cli;

import ai.birdie.app.run.FeedOutcome;
import ai.birdie.core.ingest.Reconciliation;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Missed;
import ai.birdie.core.window.Window;
import java.util.List;
import java.util.Optional;

/** What comparing feeds with their sources found, as people and programs read it. */
record ReconcileReport(List<FeedOutcome> outcomes) {

  /** The JSON document. */
  record Document(List<FeedDocument> feeds) {}

  /** One feed of it; of one that failed nothing is known but why. */
  record FeedDocument(
      String feed,
      String outcome,
      int compared,
      List<String> differed,
      List<String> remaining,
      long read,
      long added,
      long changed,
      Reasons reasons,
      long gone,
      long deleted,
      Optional<Session.Failure> failure) {}

  /** Why rows that were new or had changed had been missed. */
  record Reasons(long laterThanLag, long lateWithinLag, long stampKept, long unknown) {

    static Reasons of(RunReport report) {
      Missed missed = report.missed();
      return new Reasons(
          missed.beyond(), missed.late() - missed.beyond(), missed.unmoved(), report.unexplained());
    }
  }

  ReconcileReport {
    outcomes = List.copyOf(outcomes);
  }

  Document document() {
    return new Document(outcomes.stream().map(ReconcileReport::document).toList());
  }

  /** Prints one line a feed, and under it where the two differed. */
  void print(Output output) {
    output.table(
        List.of(
            "feed",
            "buckets",
            "differed",
            "read",
            "new",
            "changed",
            "gone",
            "deleted",
            "remaining",
            ""),
        outcomes.stream().map(ReconcileReport::row).toList());
    for (FeedOutcome outcome : outcomes) {
      FeedDocument feed = document(outcome);
      feed.differed().forEach(bounds -> output.line(feed.feed() + " differed in " + bounds));
      if (feed.added() + feed.changed() > 0) {
        output.line(feed.feed() + " had missed rows: " + outcome.report().whyMissed());
      }
      feed.remaining().forEach(bounds -> output.line(feed.feed() + " still differs in " + bounds));
    }
  }

  /** The first failure's; or that of a receipt that does not balance, if anything still differs. */
  ExitCode exitCode() {
    ExitCode failed = new IngestReport(outcomes).exitCode();
    boolean balances =
        outcomes.stream().allMatch(outcome -> document(outcome).remaining().isEmpty());
    return failed != ExitCode.DONE || balances ? failed : ExitCode.DOES_NOT_BALANCE;
  }

  private static FeedDocument document(FeedOutcome outcome) {
    RunReport report = outcome.report();
    Optional<Reconciliation> compared =
        outcome instanceof FeedOutcome.Compared(var reconciliation, var traffic)
            ? Optional.of(reconciliation)
            : Optional.empty();
    return new FeedDocument(
        outcome.feed().name(),
        IngestReport.word(outcome),
        compared.map(r -> r.compared().size()).orElse(0),
        compared.map(r -> bounds(r.differed())).orElse(List.of()),
        compared.map(r -> bounds(r.remaining())).orElse(List.of()),
        report.read(),
        report.rows(Disposition.NEW),
        report.rows(Disposition.CHANGED),
        Reasons.of(report),
        compared.map(Reconciliation::gone).orElse(0L),
        report.rows(Disposition.DELETED),
        outcome instanceof FeedOutcome.Failed(var landed, var traffic, var failure)
            ? Optional.of(Session.Failure.of(failure))
            : Optional.empty());
  }

  private static List<String> bounds(List<Window> windows) {
    return windows.stream().map(Window::describe).toList();
  }

  private static List<String> row(FeedOutcome outcome) {
    FeedDocument feed = document(outcome);
    return List.of(
        feed.feed(),
        Output.count(feed.compared()),
        Output.count(feed.differed().size()),
        Output.count(feed.read()),
        Output.count(feed.added()),
        Output.count(feed.changed()),
        Output.count(feed.gone()),
        Output.count(feed.deleted()),
        Output.count(feed.remaining().size()),
        feed.outcome());
  }
}
