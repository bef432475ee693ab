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
    long unbalanced) {}
