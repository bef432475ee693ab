package ai.birdie.core.contract;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.kind.Domain;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a row must satisfy. A rule is data: each engine interprets it in its own language. {@link
 * #broken} is the plain interpretation, which says what is meant.
 */
public sealed interface Rule {

  /** The rule's name in violations and reports. */
  String id();

  /** How the row breaks the rule; none where it satisfies it. */
  List<Violation> broken(Row row);

  /** What stands where something is missed: nothing, or white space. */
  static String absence(Row row, String column) {
    return row.value(column).isEmpty() ? "null" : "blank";
  }

  /** Each of the key's columns holds something: it is not NULL, not empty, not blank. */
  record KeyPresent(List<String> columns) implements Rule {

    public KeyPresent {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("A key has at least one column");
      }
    }

    @Override
    public String id() {
      return "key-missing";
    }

    @Override
    public List<Violation> broken(Row row) {
      return columns.stream()
          .filter(column -> FieldValue.isBlank(row.value(column)))
          .map(column -> new Violation(column, id(), absence(row, column)))
          .toList();
    }
  }

  /** The field has a value. */
  record Present(Binding binding) implements Rule {

    public Present {
      requireNonNull(binding);
    }

    @Override
    public String id() {
      return "missing";
    }

    @Override
    public List<Violation> broken(Row row) {
      String column = binding.column().name();
      return FieldValue.isBlank(row.value(column))
          ? List.of(new Violation(binding.field().name(), id(), absence(row, column)))
          : List.of();
    }
  }

  /** One of the fields at least has a value. */
  record AnyPresent(List<Binding> bindings) implements Rule {

    public AnyPresent {
      bindings = List.copyOf(bindings);
      if (bindings.isEmpty()) {
        throw new IllegalArgumentException("One of no fields is never there");
      }
    }

    @Override
    public String id() {
      return "all-missing";
    }

    /** The fields, as a violation names them. */
    public String fields() {
      return bindings.stream().map(b -> b.field().name()).collect(Collectors.joining("+"));
    }

    @Override
    public List<Violation> broken(Row row) {
      boolean none =
          bindings.stream().allMatch(b -> FieldValue.isBlank(row.value(b.column().name())));
      return none ? List.of(new Violation(fields(), id(), "blank")) : List.of();
    }
  }

  /** A value that is there is one of the field's type. */
  record Typed(Binding binding) implements Rule {

    public Typed {
      requireNonNull(binding);
    }

    @Override
    public String id() {
      return switch (binding.field().type()) {
        case TEXT -> "not-text";
        case TIMESTAMP -> "not-a-time";
        case INTEGER -> "not-a-whole-number";
        case NUMBER -> "not-a-number";
      };
    }

    @Override
    public List<Violation> broken(Row row) {
      return FieldValue.of(binding, row.value(binding.column().name())).unfit().stream()
          .map(found -> new Violation(binding.field().name(), id(), found))
          .toList();
    }
  }

  /** A number that is there lies in the field's range. */
  record Within(Binding binding, Domain.Range range) implements Rule {

    public Within {
      requireNonNull(binding);
      requireNonNull(range);
    }

    @Override
    public String id() {
      return "out-of-range";
    }

    @Override
    public List<Violation> broken(Row row) {
      return FieldValue.of(binding, row.value(binding.column().name()))
          .value()
          .map(value -> ((Number) value).doubleValue())
          .flatMap(this::side)
          .map(side -> new Violation(binding.field().name(), id(), side))
          .stream()
          .toList();
    }

    private Optional<String> side(double number) {
      if (number < range.from()) {
        return Optional.of("below");
      }
      return number > range.to() ? Optional.of("above") : Optional.empty();
    }
  }

  /** A word that must be there is one of the field's. */
  record Known(Binding binding, Domain.Words words) implements Rule {

    public Known {
      requireNonNull(binding);
      requireNonNull(words);
    }

    @Override
    public String id() {
      return "unknown-word";
    }

    @Override
    public List<Violation> broken(Row row) {
      Optional<Object> raw = row.value(binding.column().name());
      FieldValue reading = FieldValue.of(binding, raw);
      boolean unknown =
          reading.value().isEmpty() && reading.unfit().isEmpty() && !FieldValue.isBlank(raw);
      return unknown ? List.of(new Violation(binding.field().name(), id(), "text")) : List.of();
    }
  }
}
