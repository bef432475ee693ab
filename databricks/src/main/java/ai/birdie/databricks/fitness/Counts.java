package ai.birdie.databricks.fitness;

import ai.birdie.databricks.error.DatabricksErrors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A line of numbers, each of which came as text. */
record Counts(List<Optional<String>> line, String purpose) {

  Counts {
    line = List.copyOf(line);
  }

  long number(int column) {
    return number(line.get(column).orElse(""));
  }

  Optional<Long> optional(int column) {
    return line.get(column).map(this::number);
  }

  /** Those that commas join. */
  List<Long> numbers(int column) {
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
