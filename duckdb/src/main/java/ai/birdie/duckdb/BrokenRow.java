package ai.birdie.duckdb;

import java.util.List;
import java.util.Optional;

/**
 * A row that breaks its contract.
 *
 * @param window the window that landed it into quarantine; absent of a held window's row
 * @param held the number of the held window that it is of; absent of a row in quarantine
 * @param statementId the statement that read it
 * @param violations what it breaks, each {@code field:rule:found}
 * @param record the whole row, as a JSON object
 */
public record BrokenRow(
    Optional<Long> window,
    Optional<Long> held,
    Optional<String> statementId,
    List<String> violations,
    String record) {

  /** No field's name has it. */
  static final String SEPARATOR = "\u001f";

  public BrokenRow {
    violations = List.copyOf(violations);
  }
}
