package ai.birdie.databricks.statement;

import static java.util.Objects.requireNonNull;

import ai.birdie.databricks.error.DatabricksErrors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line of numbers, each of which came as text.
 *
 * <p>Each method throws {@code IncompleteException} where the text is no number.
 *
 * @param purpose what was done, for messages
 */
public record Counts(List<Optional<String>> line, String purpose) {

  public Counts {
    requireNonNull(purpose);
    line = List.copyOf(line);
  }

  /** One that must be there. */
  public long number(int column) {
    return number(line.get(column).orElse(""));
  }

  /** One that may be absent. */
  public Optional<Long> optional(int column) {
    return line.get(column).map(this::number);
  }

  /** Those that commas join. */
  public List<Long> numbers(int column) {
    return Arrays.stream(line.get(column).orElse("").split(","))
        .filter(text -> !text.isEmpty())
        .map(this::number)
        .toList();
  }

  private long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw DatabricksErrors.incomplete(purpose, "the answer has text where a number belongs");
    }
  }
}
