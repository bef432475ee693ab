package ai.birdie.core.feed;

import ai.birdie.core.kind.RecordKind;

/**
 * Selects one kind's rows of a table that holds several.
 *
 * @param column the column that tells each row's kind, by id or display name
 * @param kind the kind whose rows are read
 */
public record KindFilter(String column, RecordKind kind) {

  public KindFilter {
    if (column.isBlank()) {
      throw new IllegalArgumentException("The kind column has no name");
    }
  }
}
