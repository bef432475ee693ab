package ai.birdie.duckdb;

import static java.util.stream.Collectors.joining;

import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Rule;
import ai.birdie.core.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A contract's rules as one SQL expression over a landing row: the list of its violations. What a
 * row must not be is asked first, of all rules together, so that a sound row costs a few
 * comparisons and no list.
 */
final class ContractSql {

  /**
   * One way to break the contract.
   *
   * @param condition true of the rows that do, else false or NULL
   * @param violation the text of it
   */
  private record Breach(String condition, String violation) {

    static Breach of(String condition, String field, String rule, String found) {
      return new Breach(condition, Sql.text(new Violation(field, rule, found).toString()));
    }

    String listed() {
      return "CASE WHEN " + condition + " THEN " + violation + " END";
    }
  }

  private ContractSql() {}

  /** A {@code VARCHAR[]}: NULL for a sound row, else what {@link Violation} prints for each. */
  static String violations(Contract contract) {
    List<Breach> breaches = new ArrayList<>();
    contract.rules().forEach(rule -> breaches.addAll(breaches(rule)));
    String any = breaches.stream().map(b -> "(" + b.condition() + ")").collect(joining(" OR "));
    String all = breaches.stream().map(Breach::listed).collect(joining(", "));
    return "CASE WHEN %s THEN list_filter([%s], lambda v: v IS NOT NULL) END".formatted(any, all);
  }

  /** Whether each of the key's columns holds something. */
  static String present(Rule.KeyPresent rule) {
    return rule.columns().stream()
        .map(column -> "NOT (" + blankText(Sql.name(column)) + ")")
        .collect(joining(" AND "));
  }

  private static List<Breach> breaches(Rule rule) {
    return switch (rule) {
      case Rule.KeyPresent key ->
          key.columns().stream()
              .flatMap(column ->
                  absences(column, column, key.id(), blankText(Sql.name(column))).stream())
              .toList();
      case Rule.Present present ->
          absences(
              present.binding().column().name(),
              present.binding().field().name(),
              present.id(),
              FieldSql.blank(present.binding()));
      case Rule.AnyPresent any ->
          List.of(
              Breach.of(
                  any.bindings().stream().map(FieldSql::blank).collect(joining(" AND ")),
                  any.fields(),
                  any.id(),
                  "blank"));
      case Rule.Typed typed -> unfit(typed);
      case Rule.Within within -> outside(within);
      case Rule.Known known -> List.of(unknown(known));
    };
  }

  private static List<Breach> absences(String column, String field, String rule, String blank) {
    String name = Sql.name(column);
    return List.of(
        Breach.of(name + " IS NULL", field, rule, "null"),
        Breach.of(name + " IS NOT NULL AND " + blank, field, rule, "blank"));
  }

  private static List<Breach> unfit(Rule.Typed rule) {
    Binding binding = rule.binding();
    String name = Sql.name(binding.column().name());
    String unfit = FieldSql.unfit(binding);
    String field = binding.field().name();
    return switch (binding.shape()) {
      case FLOATING ->
          List.of(
              Breach.of(unfit + " AND isfinite(" + name + ")", field, rule.id(), "number"),
              Breach.of(unfit + " AND NOT isfinite(" + name + ")", field, rule.id(), "nan"));
      default -> List.of(Breach.of(unfit, field, rule.id(), binding.shape().label()));
    };
  }

  private static List<Breach> outside(Rule.Within rule) {
    String value = FieldSql.converted(rule.binding());
    String field = rule.binding().field().name();
    return List.of(
        Breach.of(value + " < " + rule.range().from() + "::DOUBLE", field, rule.id(), "below"),
        Breach.of(value + " > " + rule.range().to() + "::DOUBLE", field, rule.id(), "above"));
  }

  private static Breach unknown(Rule.Known rule) {
    Binding binding = rule.binding();
    String condition =
        "%s IS NULL AND NOT (%s) AND NOT (%s)"
            .formatted(FieldSql.value(binding), FieldSql.blank(binding), FieldSql.unfit(binding));
    return Breach.of(condition, binding.field().name(), rule.id(), "text");
  }

  /** White space sorts before whatever can be seen, so that hardly any value need be trimmed. */
  private static String blankText(String name) {
    return "CASE WHEN typeof(%1$s) = 'BLOB' THEN %2$s ELSE %3$s END"
        .formatted(
            name,
            // white space that is no blank is spelt out there, and a backslash too
            "coalesce(regexp_full_match(CAST("
                + name
                + " AS VARCHAR), '( |\\\\x09|\\\\x0A|\\\\x0D)*'), true)",
            FieldSql.blankText("CAST(" + name + " AS VARCHAR)"));
  }
}
