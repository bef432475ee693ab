package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The text of a statement, and the values that it is sent with. */
public record Query(String sql, List<Parameter> parameters) {

  public Query {
    requireNonNull(sql);
    parameters = List.copyOf(parameters);
  }
}
