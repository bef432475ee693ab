package ai.birdie.databricks.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** All rows of a small query, each value as the text that the API gives for it. */
public record InlineAnswer(String statementId, List<List<Optional<String>>> rows) {

  public InlineAnswer {
    requireNonNull(statementId);
    rows = List.copyOf(rows);
  }
}
