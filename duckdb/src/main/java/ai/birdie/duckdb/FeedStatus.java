package ai.birdie.duckdb;

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
 * @param rows how many sound rows the feed has
 * @param quarantined how many of its rows are kept back for breaking the contract
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
    long rows,
    long quarantined,
    long windows,
    long unbalanced) {}
