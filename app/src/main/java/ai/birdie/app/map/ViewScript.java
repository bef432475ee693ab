package ai.birdie.app.map;

import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.Contract;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.sql.ViewSql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL of a view that presents a table as its kind has it. Nothing of it is sent anywhere by
 * Birdie.
 *
 * @param statement without a semicolon
 * @param notes what is not SQL, a sentence or two each, in one line
 */
public record ViewScript(String statement, List<String> notes) {

  public ViewScript {
    notes = List.copyOf(notes);
  }

  /**
   * The view of what was surveyed.
   *
   * @param name one to three parts with dots between; what is missing is the table's
   * @throws ConfigException if nothing can be called so
   */
  public static ViewScript of(Survey survey, String name) {
    List<Feed> feeds = survey.parts().stream().map(part -> part.proposal().mapped()).toList();
    Map<String, Binding> bindings = new LinkedHashMap<>();
    for (Feed feed : feeds) {
      Contract.of(feed, survey.sources()).bindings().stream()
          .filter(binding -> isOwn(feed, binding))
          .forEach(binding -> bindings.putIfAbsent(binding.field().name(), binding));
    }
    Feed first = feeds.getFirst();
    List<String> kept =
        Stream.concat(
                Stream.of(first.cursor().column()), first.filter().map(KindFilter::column).stream())
            .toList();
    ViewSql sql =
        new ViewSql(survey.table(), survey.columns(), List.copyOf(bindings.values()), kept);
    return new ViewScript(sql.create(view(survey.table(), name)), notes(survey, sql, first));
  }

  /** The contract has a stand-in for a message's id where the table has none. */
  private static boolean isOwn(Feed feed, Binding binding) {
    return feed.mapping()
        .of(binding.field().name())
        .filter(origin -> origin.column().equalsIgnoreCase(binding.column().name()))
        .isPresent();
  }

  /** The notes as comments, and the statement, ready to be pasted into a SQL editor. */
  public String text() {
    return notes.stream().map(note -> "-- " + note + "\n").collect(Collectors.joining())
        + statement
        + ";";
  }

  private static List<String> notes(Survey survey, ViewSql sql, Feed feed) {
    List<String> notes = new ArrayList<>();
    notes.add("Run this as the owner of the table, then name the view in data_source.table.");
    notes.add("The file that reads it needs no mapping; birdie grants prints what to grant on it.");
    notes.add(
        "A view is read by its partition column: the table's change data feed is out of its"
            + " reach.");
    survey
        .scale()
        .ifPresent(scale ->
            notes.add(
                "Say in the file: \"ingestion\": {\"rating_scale\": %s}."
                    .formatted(Survey.numbers(scale))));
    sql.renamed()
        .forEach((column, name) -> notes.add(note(feed, printable(column), printable(name))));
    boolean timeOfPartition =
        feed.cursor().unit().isPresent()
            && sql.bindings().stream()
                .filter(binding -> binding.unit().isPresent())
                .anyMatch(b -> b.field().name().equalsIgnoreCase(feed.cursor().column()));
    if (timeOfPartition) {
      notes.add(
          "The partition column becomes a TIMESTAMP: take ingestion.cursor_unit out of the file.");
    }
    return notes;
  }

  private static String note(Feed feed, String column, String name) {
    return feed.cursor().column().equalsIgnoreCase(column)
        ? "The partition column " + column + " is called " + name + " in the view."
        : "The column " + column + " is called " + name + " in the view.";
  }

  private static String printable(String name) {
    return name.replaceAll("[\\p{C}\\s]+", " ");
  }

  private static TableName view(TableName table, String name) {
    List<String> parts = Arrays.asList(name.split("\\.", -1));
    try {
      return switch (parts.size()) {
        case 1 -> new TableName(table.catalog(), table.schema(), parts.getFirst());
        case 2 -> new TableName(table.catalog(), parts.getFirst(), parts.getLast());
        case 3 -> new TableName(Optional.of(parts.getFirst()), parts.get(1), parts.getLast());
        default -> throw new IllegalArgumentException("Too many parts");
      };
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "The view cannot be called so.", "Name it as catalog.schema.view, without quotes.");
    }
  }
}
