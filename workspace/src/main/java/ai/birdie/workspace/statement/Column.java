package ai.birdie.workspace.statement;

import java.util.Optional;

/**
 * A column of a result, as the manifest describes it.
 *
 * @param name as the statement named it; names may repeat
 * @param typeText the whole type, such as {@code DECIMAL(12,2)}
 * @param typeName the type's sort, such as {@code LONG}
 * @param decimal precision and scale of a decimal
 * @param interval the fields of an interval, such as {@code DAY TO SECOND}
 */
public record Column(
    String name,
    String typeText,
    String typeName,
    Optional<Decimal> decimal,
    Optional<String> interval) {
  /** Precision and scale. */
  public record Decimal(int precision, int scale) {}
}
