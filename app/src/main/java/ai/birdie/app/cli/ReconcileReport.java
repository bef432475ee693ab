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
      Followed followed,
      long gone,
      long deleted,
      List<String> warnings,
      Optional<Session.Failure> failure) {}

  /** What was read before anything was compared: what a run would have read. */
  record Followed(long read, long added, long changed) {

    static Followed of(RunReport report) {
      return new Followed(
          report.read(), report.rows(Disposition.NEW), report.rows(Disposition.CHANGED));
    }
  }

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
      if (feed.followed().added() + feed.followed().changed() > 0) {
        output.line(
            "%s was brought up to date first: %s rows were new, %s had changed"
                .formatted(
                    feed.feed(),
                    Output.count(feed.followed().added()),
                    Output.count(feed.followed().changed())));
      }
      feed.differed().forEach(bounds -> output.line(feed.feed() + " differed in " + bounds));
      if (feed.added() + feed.changed() > 0) {
        output.line(feed.feed() + " had missed rows: " + compared(outcome).whyMissed());
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
    RunReport report = compared(outcome);
    Optional<Reconciliation> reconciled = reconciled(outcome);
    return new FeedDocument(
        outcome.feed().name(),
        IngestReport.word(outcome),
        reconciled.map(r -> r.compared().size()).orElse(0),
        reconciled.map(r -> bounds(r.differed())).orElse(List.of()),
        reconciled.map(r -> bounds(r.remaining())).orElse(List.of()),
        report.read(),
        report.rows(Disposition.NEW),
        report.rows(Disposition.CHANGED),
        Reasons.of(report),
        Followed.of(
            reconciled
                .map(Reconciliation::followed)
                .orElse(RunReport.empty(outcome.feed(), List.of()))),
        reconciled.map(Reconciliation::gone).orElse(0L),
        report.rows(Disposition.DELETED),
        outcome.report().warnings(),
        outcome instanceof FeedOutcome.Failed(var landed, var traffic, var failure)
            ? Optional.of(Session.Failure.of(failure))
            : Optional.empty());
  }

  /** What comparing did; of a feed that failed, all that was done. */
  private static RunReport compared(FeedOutcome outcome) {
    return reconciled(outcome).map(Reconciliation::report).orElse(outcome.report());
  }

  private static Optional<Reconciliation> reconciled(FeedOutcome outcome) {
    return outcome instanceof FeedOutcome.Compared(var reconciliation, var done, var traffic)
        ? Optional.of(reconciliation)
        : Optional.empty();
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
