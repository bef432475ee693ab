package ai.birdie.duckdb;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Rule;
import ai.birdie.core.contract.Violation;
import java.util.stream.Collectors;

/** A contract's rules as one SQL expression over a landing row: the list of its violations. */
final class ContractSql {

  private ContractSql() {}

  /** A {@code VARCHAR[]}: NULL for a sound row, else what {@link Violation} prints for each. */
  static String violations(Contract contract) {
    String found =
        contract.rules().stream().map(ContractSql::list).collect(Collectors.joining(" || "));
    return "nullif(" + found + ", []::VARCHAR[])";
  }

  /** Whether each of the key's columns holds something. */
  static String present(Rule.KeyPresent rule) {
    return rule.columns().stream()
        .map(column -> "NOT (" + blank(column) + ")")
        .collect(Collectors.joining(" AND "));
  }

  private static String list(Rule rule) {
    return switch (rule) {
      case Rule.KeyPresent key ->
          key.columns().stream()
              .map(column -> when(blank(column), new Violation(column, key.id())))
              .collect(Collectors.joining(" || "));
    };
  }

  private static String when(String broken, Violation violation) {
    return "CASE WHEN "
        + broken
        + " THEN ["
        + Sql.text(violation.toString())
        + "] ELSE []::VARCHAR[] END";
  }

  /** White space sorts before whatever can be seen, so that hardly any value need be trimmed. */
  private static String blank(String column) {
    String text = "CAST(" + Sql.name(column) + " AS VARCHAR)";
    return "((%1$s >= '!') IS NOT TRUE AND coalesce(trim(%1$s, E' \\t\\n\\r'), '') = '')"
        .formatted(text);
  }
}
