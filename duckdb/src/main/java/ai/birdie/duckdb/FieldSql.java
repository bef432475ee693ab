package ai.birdie.duckdb;

import static java.util.stream.Collectors.joining;

import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.FieldValue;
import ai.birdie.core.contract.Fit;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.FieldType;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a landing table's column is as a field's, in DuckDB's SQL. {@link FieldValue} says in plain
 * Java what is meant.
 */
final class FieldSql {

  private static final String SPACE = "E' \\t\\n\\r'";

  private FieldSql() {}

  /** The field's value, of its type; NULL where there is none. */
  static String value(Binding binding) {
    String value = converted(binding);
    return binding.field().domain() instanceof Domain.Words words
        ? "CASE WHEN %1$s IN (%2$s) THEN %1$s END"
            .formatted(value, words.words().stream().map(Sql::text).collect(joining(", ")))
        : value;
  }

  /** The same, before it is asked whether the field knows the value. */
  static String converted(Binding binding) {
    return switch (binding.field().type()) {
      case TEXT -> text(binding);
      case TIMESTAMP -> time(binding);
      case NUMBER -> number(binding);
      case INTEGER -> integer(binding);
    };
  }

  /** Whether there is something that is not of the field's type. */
  static String unfit(Binding binding) {
    if (binding.fit() == Fit.ALWAYS) {
      return "false";
    }
    return "(%s IS NULL AND NOT (%s))".formatted(converted(binding), blank(binding));
  }

  /** Whether there is nothing, or white space alone. */
  static String blank(Binding binding) {
    String name = Sql.name(binding.column().name());
    return switch (binding.column().shape()) {
      case TEXT -> blankText(name);
      case BYTES ->
          "(%1$s IS NULL OR %2$s)"
              .formatted(name, blankText("coalesce(TRY(decode(" + name + ")), '!')"));
      default -> "(" + name + " IS NULL)";
    };
  }

  /** White space sorts before whatever can be seen, so that hardly any value need be trimmed. */
  static String blankText(String text) {
    return "CASE WHEN %1$s >= '!' THEN false ELSE coalesce(ltrim(%1$s, %2$s), '') = '' END"
        .formatted(text, SPACE);
  }

  /** DuckDB's type for a field. */
  static String type(FieldType type) {
    return switch (type) {
      case TEXT -> "VARCHAR";
      case TIMESTAMP -> "TIMESTAMPTZ";
      case INTEGER -> "INTEGER";
      case NUMBER -> "DOUBLE";
    };
  }

  private static String text(Binding binding) {
    String raw = raw(binding);
    String text =
        switch (binding.shape()) {
          case TEXT -> raw;
          case FLOATING ->
              "CASE WHEN abs(%1$s) <= %2$s AND %1$s = trunc(%1$s) THEN CAST(CAST(%1$s AS BIGINT) AS VARCHAR) END"
                  .formatted("CAST(" + raw + " AS DOUBLE)", "9007199254740991::DOUBLE");
          case BYTES -> "TRY(decode(" + raw + "))";
          default -> "CAST(" + raw + " AS VARCHAR)";
        };
    return binding.field().domain() instanceof Domain.Words ? folded(text) : text;
  }

  private static String number(Binding binding) {
    String raw = raw(binding);
    return switch (binding.shape()) {
      case TEXT ->
          "CASE WHEN regexp_full_match(%1$s, '%2$s') THEN %3$s END"
              .formatted(
                  trim(raw), FieldValue.NUMBER, finite("TRY_CAST(" + trim(raw) + " AS DOUBLE)"));
      case FLOATING -> finite("CAST(" + raw + " AS DOUBLE)");
      default -> "CAST(" + raw + " AS DOUBLE)";
    };
  }

  private static String integer(Binding binding) {
    String number = number(binding);
    return "CASE WHEN %1$s = trunc(%1$s) THEN TRY_CAST(%1$s AS INTEGER) END".formatted(number);
  }

  private static String finite(String number) {
    return "CASE WHEN isfinite(%1$s) THEN %1$s END".formatted(number);
  }

  private static String time(Binding binding) {
    String raw = raw(binding);
    return switch (binding.shape()) {
      case DATE, LOCAL_TIMESTAMP -> local("CAST(" + raw + " AS TIMESTAMP)", binding.zone());
      case WHOLE -> counted(raw, binding);
      case TEXT -> written(trim(raw), binding.zone());
      default -> "CAST(" + raw + " AS TIMESTAMPTZ)";
    };
  }

  private static String counted(String raw, Binding binding) {
    long micros = binding.unit().orElseThrow().micros();
    return "CASE WHEN %1$s::HUGEINT * %2$d BETWEEN %3$d AND %4$d THEN make_timestamp((%1$s::HUGEINT * %2$d)::BIGINT) AT TIME ZONE 'UTC' END"
        .formatted(raw, micros, FieldValue.EARLIEST, FieldValue.LATEST);
  }

  /** Of a fraction six digits count; DuckDB would round the seventh. */
  private static String written(String text, ZoneId zone) {
    String cut = "regexp_replace(upper(" + text + ")" + ", '([.][0-9]{6})[0-9]+', '\\1')";
    String withOffset =
        "CASE WHEN regexp_matches(%1$s, '([Zz]|[+-][0-9:]{5})$', 'c') AND length(%1$s) > 10 THEN TRY_CAST(%2$s AS TIMESTAMPTZ) ELSE %3$s END"
            .formatted(text, cut, local("TRY_CAST(" + cut + " AS TIMESTAMP)", zone));
    return "CASE WHEN regexp_full_match(%1$s, '%2$s') AND NOT starts_with(%1$s, '0000') THEN %3$s END"
        .formatted(text, FieldValue.TIME, withOffset);
  }

  private static String local(String timestamp, ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) || zone.getId().equals("UTC")
        ? "CAST(" + timestamp + " AS TIMESTAMPTZ)" // the session's zone is UTC
        : "timezone(%s, %s)".formatted(Sql.text(zone.getId()), timestamp);
  }

  /** The column's value, or what it was declared to mean. */
  private static String raw(Binding binding) {
    String name = Sql.name(binding.column().name());
    if (binding.words().isEmpty()) {
      return name;
    }
    String text = "CAST(" + name + " AS VARCHAR)";
    String cases =
        binding.words().entrySet().stream()
            .map(word ->
                "WHEN %s THEN %s".formatted(Sql.text(word.getKey()), Sql.text(word.getValue())))
            .collect(joining(" "));
    return "(CASE %s %s ELSE %s END)".formatted(folded(text), cases, text);
  }

  /** As {@link Origin#fold} does, but for white space of other alphabets. */
  private static String folded(String text) {
    return "lower(" + trim(text) + ")";
  }

  private static String trim(String text) {
    return "trim(" + text + ", " + SPACE + ")";
  }
}
