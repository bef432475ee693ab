package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.duckdb.StoreReader;
import ai.birdie.duckdb.Verification;
import ai.birdie.duckdb.Verification.FeedReceipts;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code birdie verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Reads all of the store, and verifies every receipt of every feed again.",
    footer = {
      "",
      "Exit code 7: a part of the file is not what was written; restore a backup.",
      "Exit code 6: the file is whole, and the store does not hold what a receipt says."
    })
final class VerifyCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Verification verification = verify();
    if (common.json) {
      session.output().json(verification);
    } else {
      print(session.output(), verification);
    }
    return exitCode(session, verification).code();
  }

  private Verification verify() {
    try (App app = session.app(common);
        StoreReader reader = app.fileReader()) {
      return reader.verify();
    }
  }

  /** Tells people what to do where something is wrong; the exit code that goes with it. */
  static ExitCode exitCode(Session session, Verification verification) {
    verification.failure().ifPresent(session::explain);
    return verification.failure().map(ExitCode::of).orElse(ExitCode.DONE);
  }

  /** Prints what was found: what is damaged, and how each feed's receipts stand. */
  static void print(Output output, Verification verification) {
    output.line(
        "Read %s rows in %s tables, %s: %s."
            .formatted(
                Output.count(verification.rows()),
                Output.count(verification.tables()),
                Output.bytes(verification.bytes()),
                verification.whole() ? "all is what was written" : "NOT ALL IS WHAT WAS WRITTEN"));
    verification
        .damages()
        .forEach(damage -> output.line("  " + damage.part() + ": " + damage.finding()));
    if (!verification.feeds().isEmpty()) {
      output.table(
          List.of("feed", "receipts", ""),
          verification.feeds().stream().map(VerifyCommand::row).toList());
    }
  }

  private static List<String> row(FeedReceipts feed) {
    return List.of(feed.feed(), Output.count(feed.receipts()), state(feed));
  }

  private static String state(FeedReceipts feed) {
    return feed.hold()
        ? "hold"
        : feed.unbalanced().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "DO NOT HOLD: ", ""));
  }
}
