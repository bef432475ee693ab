package ai.birdie.core.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Missed;
import ai.birdie.core.receipt.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What a run did to one feed: the receipts of its windows, oldest first, and its warnings. */
public record RunReport(Feed feed, List<Receipt> receipts, List<String> warnings) {

  public RunReport {
    receipts = List.copyOf(receipts);
    warnings = List.copyOf(warnings);
  }

  /** A run that has done nothing yet. */
  public static RunReport empty(Feed feed, List<String> warnings) {
    return new RunReport(feed, List.of(), warnings);
  }

  /** This report and one more window. */
  public RunReport plus(Receipt receipt) {
    List<Receipt> all = new ArrayList<>(receipts);
    all.add(receipt);
    return new RunReport(feed, all, warnings);
  }

  /** This report and what came after it. */
  public RunReport plus(RunReport later) {
    List<Receipt> all = new ArrayList<>(receipts);
    all.addAll(later.receipts);
    List<String> said = new ArrayList<>(warnings);
    said.addAll(later.warnings);
    return new RunReport(feed, all, said);
  }

  /** This report and one more warning. */
  public RunReport warned(String warning) {
    List<String> all = new ArrayList<>(warnings);
    all.add(warning);
    return new RunReport(feed, receipts, all);
  }

  /** How many rows were read. */
  public long read() {
    return sum(receipt -> receipt.proof().rows());
  }

  /** How many of the rows that were read met this end, or left without being read. */
  public long rows(Disposition disposition) {
    return disposition == Disposition.DELETED
        ? receipts.stream().mapToLong(receipt -> receipt.rows(disposition)).sum()
        : sum(receipt -> receipt.rows(disposition));
  }

  /** What it read that no run before it had seen. */
  public Missed missed() {
    return receipts.stream().map(Receipt::missed).reduce(Missed.NONE, Missed::plus);
  }

  /** Why no run before it had seen what was new and changed, for people. */
  public String whyMissed() {
    Missed missed = missed();
    List<String> reasons = new ArrayList<>();
    add(reasons, missed.beyond(), "became visible later than the lag of " + feed.lag());
    add(reasons, missed.late() - missed.beyond(), "became visible late, within the lag");
    add(reasons, missed.unmoved(), "kept their stamp");
    add(reasons, unexplained(), "for a reason that their stamps do not tell");
    return String.join(", ", reasons);
  }

  /** How many of the new and changed rows had been missed for a reason that no stamp tells. */
  public long unexplained() {
    Missed missed = missed();
    long unseen = rows(Disposition.NEW) + rows(Disposition.CHANGED) + rows(Disposition.SUPPRESSED);
    return unseen - missed.late() - missed.unmoved();
  }

  private static void add(List<String> reasons, long rows, String reason) {
    if (rows > 0) {
      reasons.add(String.format(Locale.ROOT, "%,d %s", rows, reason));
    }
  }

  /** How many of the rows that were read break the contract. */
  public long quarantined() {
    return sum(Receipt::quarantined);
  }

  private long sum(ToLongFunction<Receipt> count) {
    return receipts.stream().filter(Receipt::wasRead).mapToLong(count).sum();
  }

  /** How many bytes were downloaded. */
  public long bytes() {
    return receipts.stream().mapToLong(receipt -> receipt.proof().bytes()).sum();
  }
}
