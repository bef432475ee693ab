package ai.birdie.core.contract;

import java.util.Optional;

/** A table's row: its values by column. */
@FunctionalInterface
public interface Row {

  /**
   * The value in a column, as its {@link Shape} has it: String, Long or BigInteger, BigDecimal,
   * Double, Boolean, LocalDate, Instant, LocalDateTime, or {@code byte[]}; empty for NULL.
   *
   * @param column as the table spells it
   */
  Optional<Object> value(String column);
}
