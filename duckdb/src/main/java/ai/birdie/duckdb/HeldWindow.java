package ai.birdie.duckdb;

import java.time.Instant;
import java.util.List;

/**
 * A window that was not landed, because too many of its rows break the contract.
 *
 * @param id the number by which it is accepted
 * @param sort the window's sort, as in receipts
 * @param bounds the window's bounds, as people read them
 * @param statementId the statement that had read it
 * @param rows how many rows it had
 * @param broken how many of them break the contract
 * @param heldAt when that was, by this machine's clock
 * @param accepted whether the next run takes them into quarantine
 * @param rules what they break, the most frequent first
 */
public record HeldWindow(
    long id,
    String feed,
    String sort,
    String bounds,
    String statementId,
    long rows,
    long broken,
    Instant heldAt,
    boolean accepted,
    List<Broken> rules) {

  public HeldWindow {
    rules = List.copyOf(rules);
  }

  /** How many rows break a rule in one way; {@code violation} is {@code field:rule:found}. */
  public record Broken(String violation, long rows) {}
}
