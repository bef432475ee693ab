package ai.birdie.duckdb;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a feed stands.
 *
 * @param table the source's table, for people
 * @param way in which the last run read, such as changes
 * @param reason why it was no stronger one; absent where there is none
 * @param version the table's version whose rows the store holds, where it is known
 * @param watermark up to where everything was read, without a gap, as people read it
 * @param horizon the source's clock at the last run that landed something
 * @param landedAt when that was, by this machine's clock
 * @param lateness how long after its stamp a row was still not to be seen, of those of the last 30
 *     days that came late; absent where none did
 * @param rows how many sound rows the feed has
 * @param quarantined how many of its rows are kept back for breaking the contract
 * @param gone how many of its rows are kept although the source is known to have them no longer
 * @param windows how many windows were ever landed
 * @param unbalanced how many of their receipts do not match what the store holds
 * @param accountIds which of its ids of accounts are those of accounts in the store; absent where
 *     its rows have none
 * @param authorIds which of its ids of authors are those of users in the store; absent where its
 *     rows have none
 * @param conversations whether they have messages; absent where its rows are no messages
 */
public record FeedStatus(
    String feed,
    String kind,
    String workspace,
    String table,
    Optional<String> way,
    Optional<String> reason,
    Optional<Long> version,
    Optional<String> watermark,
    Optional<Instant> horizon,
    Optional<Instant> landedAt,
    Optional<Duration> lateness,
    long rows,
    long quarantined,
    long gone,
    long windows,
    long unbalanced,
    Optional<Ids> accountIds,
    Optional<Ids> authorIds,
    Optional<Conversations> conversations) {

  /**
   * How many ids there are, each counted once, and how many of them somebody has.
   *
   * @param share of those that somebody has; absent where there are none at all
   */
  public record Ids(long different, long matched, Optional<Double> share) {

    Ids(long different, long matched) {
      this(
          different,
          matched,
          different == 0 ? Optional.empty() : Optional.of((double) matched / different));
    }
  }

  /**
   * How many conversations there are.
   *
   * @param complete those that have a sound message, which are in the view of conversations
   * @param withoutMessages those of which every message is in quarantine
   * @param messagesWithout messages, all in quarantine, that name no conversation
   */
  public record Conversations(long complete, long withoutMessages, long messagesWithout) {}
}
