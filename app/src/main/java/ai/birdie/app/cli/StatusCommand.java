package ai.birdie.app.cli;

import ai.birdie.duckdb.FeedStatus;
import ai.birdie.duckdb.StoreReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code birdie status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows every feed: how far it was read, when, its rows, and whether it balances.")
final class StatusCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<FeedStatus> feeds = session.read(common, StoreReader::feeds);
    if (common.json) {
      session.output().json(feeds);
    } else {
      print(feeds);
    }
    boolean balanced = feeds.stream().allMatch(feed -> feed.unbalanced() == 0);
    return (balanced ? ExitCode.DONE : ExitCode.DOES_NOT_BALANCE).code();
  }

  private void print(List<FeedStatus> feeds) {
    if (feeds.isEmpty()) {
      session.output().line("The store has no feed yet. Try: birdie ingest FILE");
      return;
    }
    session
        .output()
        .table(
            List.of(
                "feed",
                "kind",
                "table",
                "read by",
                "read up to",
                "last run",
                "lateness",
                "rows",
                "quarantined",
                "windows",
                "receipts"),
            feeds.stream().map(this::row).toList());
    explainWays(feeds);
    feeds.forEach(this::explainLinks);
  }

  /** One line for all feeds that are read in one way for one reason. */
  private void explainWays(List<FeedStatus> feeds) {
    Map<String, List<String>> why = new LinkedHashMap<>();
    for (FeedStatus feed : feeds) {
      feed.reason()
          .map(reason -> "read by %s. %s".formatted(feed.way().orElse("-"), reason))
          .ifPresent(
              said -> why.computeIfAbsent(said, feedless -> new ArrayList<>()).add(feed.feed()));
    }
    why.forEach((said, names) -> session.output().line(String.join(", ", names) + ": " + said));
  }

  /** What does not hang together as it should, such as ids that are of no account. */
  private void explainLinks(FeedStatus feed) {
    feed.accountIds().ifPresent(ids -> explain(feed, ids, "account_id", "account"));
    feed.authorIds().ifPresent(ids -> explain(feed, ids, "author_id", "user"));
    feed.conversations()
        .ifPresent(of -> {
          explain(feed, of.withoutMessages(), "conversations have no message but in quarantine");
          explain(feed, of.messagesWithout(), "messages name no conversation");
        });
  }

  private void explain(FeedStatus feed, long count, String what) {
    if (count > 0) {
      session.output().line("%s: %s %s.".formatted(feed.feed(), Output.count(count), what));
    }
  }

  private void explain(FeedStatus feed, FeedStatus.Ids ids, String field, String kind) {
    if (ids.matched() < ids.different()) {
      session
          .output()
          .line(
              "%s: %s of %s different values of %s are those of a row of kind %s."
                  .formatted(
                      feed.feed(),
                      Output.count(ids.matched()),
                      Output.count(ids.different()),
                      field,
                      kind));
    }
  }

  private List<String> row(FeedStatus feed) {
    return List.of(
        feed.feed(),
        feed.kind(),
        feed.table(),
        feed.way().orElse("-"),
        feed.watermark().map(Output::toSeconds).orElse("-"),
        feed.landedAt().map(this::age).orElse("never"),
        feed.lateness().map(late -> late.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-"),
        Output.count(feed.rows()),
        Output.count(feed.quarantined()),
        Output.count(feed.windows()),
        receipts(feed));
  }

  private static String receipts(FeedStatus feed) {
    return feed.unbalanced() == 0 ? "balance" : feed.unbalanced() + " do not balance";
  }

  private String age(Instant then) {
    Duration age = Duration.between(then, session.clock().instant());
    return Optional.of(age)
        .filter(a -> a.toMinutes() < 1)
        .map(a -> a.toSeconds() + " s ago")
        .or(() ->
            Optional.of(age).filter(a -> a.toHours() < 1).map(a -> a.toMinutes() + " min ago"))
        .or(() -> Optional.of(age).filter(a -> a.toDays() < 1).map(a -> a.toHours() + " h ago"))
        .orElse(age.toDays() + " days ago");
  }
}
