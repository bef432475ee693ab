package ai.birdie.workspace.fault;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which calls a fault strikes.
 *
 * @param where what they call
 * @param statementContains a piece of their statement's text
 * @param queryTag a query tag of their statement
 * @param chunk the chunk that they are about
 */
public record Choice(
    Target where,
    Optional<String> statementContains,
    Optional<Map.Entry<String, String>> queryTag,
    OptionalLong chunk) {
  boolean matches(Question question) {
    return where.covers(question.call())
        && (chunk.isEmpty()
            || question.chunk().filter(index -> index == chunk.getAsLong()).isPresent())
        && (isAboutAnyStatement() || question.statement().filter(this::matches).isPresent());
  }

  private boolean isAboutAnyStatement() {
    return statementContains.isEmpty() && queryTag.isEmpty();
  }

  private boolean matches(Question.Asked statement) {
    return statementContains.filter(piece -> !statement.text().contains(piece)).isEmpty()
        && queryTag
            .filter(tag -> !tag.getValue().equals(statement.tags().get(tag.getKey())))
            .isEmpty();
  }
}
