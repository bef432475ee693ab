package ai.birdie.core.contract;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.Field.Need;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that a feed's rows must satisfy; a row that breaks one is quarantined whole.
 *
 * @param key the rule that every contract has: without its key a row cannot be told from another
 * @param bindings the fields that the table has, in the kind's order
 * @param rules all rules, in the order in which their violations are listed, the key's first
 */
public record Contract(Rule.KeyPresent key, List<Binding> bindings, List<Rule> rules) {

  private static final String CONVERSATION = "conversation_id";
  private static final String MESSAGE = "message_id";

  public Contract {
    bindings = List.copyOf(bindings);
    rules = List.copyOf(rules);
  }

  /**
   * The contract of {@code feed}, in terms of the columns that its table has. A table of
   * conversations without {@code message_id} holds one row for each, and is known by its
   * conversation alone. A column that can never be what an optional field is, is not taken for it.
   *
   * @param columns the table's columns, their names matched without regard to case
   * @throws ConfigException if the table lacks a column of the key, one that the mapping names, or
   *     one that every row must have
   */
  public static Contract of(Feed feed, List<SourceColumn> columns) {
    Rule.KeyPresent key = key(feed, columns);
    List<Binding> bindings = new ArrayList<>();
    for (Field field : feed.kind().fields()) {
      bind(feed, field, columns).ifPresent(bindings::add);
    }
    List<Rule> rules = new ArrayList<>();
    rules.add(key);
    anyPresent(feed, bindings).ifPresent(rules::add);
    bindings.forEach(binding -> rules.addAll(rules(binding, key)));
    return new Contract(key, bindings, rules);
  }

  /** Every way in which the row breaks a rule, in order. */
  public List<Violation> violations(Row row) {
    return rules.stream().flatMap(rule -> rule.broken(row).stream()).toList();
  }

  /** What the row has of a field; empty where it has nothing, or nothing of the field's type. */
  public Optional<Object> value(String field, Row row) {
    return binding(field)
        .flatMap(binding -> FieldValue.of(binding, row.value(binding.column().name())).value());
  }

  /** The field's column, if the table has one. */
  public Optional<Binding> binding(String field) {
    return bindings.stream().filter(b -> b.field().name().equals(field)).findFirst();
  }

  private static Rule.KeyPresent key(Feed feed, List<SourceColumn> columns) {
    List<String> present = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String wanted : feed.key()) {
      Optional<String> column = find(columns, wanted).map(SourceColumn::name);
      column.ifPresent(present::add);
      if (column.isEmpty() && !(wanted.equals(MESSAGE) && feed.key().size() > 1)) {
        missing.add(wanted);
      }
    }
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "%s has no column %s, which identifies a record of kind %s."
              .formatted(feed.table(), String.join(", ", missing), feed.kind().id()),
          "Add the column to the table or view, say in \"mapping\" which column holds it, or name its key in ingestion.key.");
    }
    return new Rule.KeyPresent(present);
  }

  private static Optional<Binding> bind(Feed feed, Field field, List<SourceColumn> columns) {
    Optional<Origin> origin = feed.mapping().of(field.name());
    Optional<SourceColumn> column =
        origin.flatMap(o -> find(columns, o.column())).or(() -> standIn(feed, field, columns));
    if (column.isEmpty()) {
      refuseAbsence(feed, field);
      return Optional.empty();
    }
    Binding binding =
        new Binding(
            field,
            column.get(),
            origin.orElseGet(() -> Origin.of(column.get().name())),
            feed.cursor().zone().orElse(ZoneOffset.UTC));
    if (binding.fit() == Fit.NEVER) {
      refuseShape(feed, binding);
      return Optional.empty();
    }
    return Optional.of(binding);
  }

  /** A table of whole conversations has no ids of messages. */
  private static Optional<SourceColumn> standIn(
      Feed feed, Field field, List<SourceColumn> columns) {
    boolean stands = field.name().equals(MESSAGE) && !feed.mapping().names(MESSAGE);
    return stands
        ? feed.mapping().of(CONVERSATION).flatMap(origin -> find(columns, origin.column()))
        : Optional.empty();
  }

  private static Optional<SourceColumn> find(List<SourceColumn> columns, String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  private static void refuseAbsence(Feed feed, Field field) {
    Optional<String> mapped =
        Optional.of(field.name())
            .filter(feed.mapping()::names)
            .flatMap(name -> feed.mapping().of(name).map(Origin::column));
    if (mapped.isPresent()) {
      throw new ConfigException(
          "%s has no column %s, which the connection file's mapping names for %s."
              .formatted(feed.table(), mapped.get(), field.name()),
          "Correct the mapping, or propose a new one: birdie map FILE");
    }
    boolean identifies = feed.kind().key().contains(field.name()); // another key may be named
    if (field.need() == Need.REQUIRED && !identifies) {
      throw new ConfigException(
          "%s has no column %s, which every row of kind %s must have."
              .formatted(feed.table(), field.name(), feed.kind().id()),
          "Add the column to the table or view, or say in \"mapping\" which column holds it: birdie map FILE");
    }
  }

  private static void refuseShape(Feed feed, Binding binding) {
    Field field = binding.field();
    if (field.mustBeThere() || feed.mapping().names(field.name())) {
      throw new ConfigException(
          "The column %s of %s holds values (%s) that can never be the %s of kind %s."
              .formatted(
                  binding.column().name(),
                  feed.table(),
                  binding.shape().label(),
                  field.name(),
                  feed.kind().id()),
          "Name another column in \"mapping\", or for numbers that are times their unit: birdie map FILE");
    }
  }

  private static Optional<Rule> anyPresent(Feed feed, List<Binding> bindings) {
    List<String> wanted = feed.kind().anyOf();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    List<Binding> among = bindings.stream().filter(b -> wanted.contains(b.field().name())).toList();
    if (among.isEmpty()) {
      throw new ConfigException(
          "%s has none of the columns %s, of which a row of kind %s has one at least."
              .formatted(feed.table(), String.join(", ", wanted), feed.kind().id()),
          "Add one to the table or view, or say in \"mapping\" which column holds it: birdie map FILE");
    }
    return Optional.of(new Rule.AnyPresent(among));
  }

  private static List<Rule> rules(Binding binding, Rule.KeyPresent key) {
    List<Rule> rules = new ArrayList<>();
    Field field = binding.field();
    if (field.mustBeThere() && !key.columns().contains(binding.column().name())) {
      rules.add(new Rule.Present(binding));
    }
    if (binding.fit() == Fit.SOMETIMES) {
      rules.add(new Rule.Typed(binding));
    }
    if (field.domain() instanceof Domain.Range range) {
      rules.add(new Rule.Within(binding, range));
    }
    if (field.domain() instanceof Domain.Words words && field.mustBeThere()) {
      rules.add(new Rule.Known(binding, words));
    }
    return rules;
  }
}
