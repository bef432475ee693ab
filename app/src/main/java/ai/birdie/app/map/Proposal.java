package ai.birdie.app.map;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.sample.TableSample;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which columns hold a feed's fields, as far as names and a sample of the rows tell.
 *
 * @param feed the feed as its file has it
 * @param columns the table's
 * @param choices one for each of the kind's fields, in its order
 * @param scale between which numbers the ratings lie, where the file should say so
 */
public record Proposal(
    Feed feed, List<SourceColumn> columns, List<Choice> choices, Optional<Domain.Range> scale) {

  public Proposal {
    requireNonNull(feed);
    columns = List.copyOf(columns);
    choices = List.copyOf(choices);
    requireNonNull(scale);
  }

  /** What a look at the table proposes; what the file's mapping says already is kept. */
  public static Proposal of(Feed feed, TableSample sample) {
    return new Proposer(feed, sample, Clues.load()).proposal();
  }

  /** The feed, mapped as proposed. */
  public Feed mapped() {
    Feed rated = scale.map(range -> feed.of(RecordKinds.rated(feed.kind(), range))).orElse(feed);
    return rated.mapped(mapping());
  }

  /** The mapping of all that was found, whatever it is called. */
  public Mapping mapping() {
    SortedMap<String, Origin> origins = new TreeMap<>();
    Set<String> unused = new HashSet<>();
    for (Choice choice : choices) {
      String field = choice.field().name();
      choice
          .origin()
          .ifPresentOrElse(
              origin -> {
                if (!saysNothing(field, origin)) {
                  origins.put(field, origin);
                }
              },
              () -> {
                if (isColumn(field)) {
                  unused.add(field);
                }
              });
    }
    return new Mapping(origins, unused);
  }

  private static boolean saysNothing(String field, Origin origin) {
    return origin.equals(Origin.of(origin.column())) && origin.column().equalsIgnoreCase(field);
  }

  private boolean isColumn(String name) {
    return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }

  /** Columns that hold no field: they stay what they are. */
  public List<String> others() {
    return columns.stream()
        .map(SourceColumn::name)
        .filter(name ->
            choices.stream()
                .flatMap(choice -> choice.origin().stream())
                .noneMatch(origin -> origin.column().equalsIgnoreCase(name)))
        .toList();
  }

  /** The connection file's block, as nested objects in the kind's order. */
  public Map<String, Object> block() {
    Mapping mapping = mapping();
    Map<String, Object> block = new LinkedHashMap<>();
    for (Choice choice : choices) {
      String field = choice.field().name();
      if (mapping.unused().contains(field)) {
        block.put(field, Optional.empty());
      } else if (mapping.names(field)) {
        mapping.of(field).ifPresent(origin -> block.put(field, written(origin)));
      }
    }
    return block;
  }

  private static Object written(Origin origin) {
    if (origin.unit().isEmpty() && origin.words().isEmpty()) {
      return origin.column();
    }
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("column", origin.column());
    origin.unit().ifPresent(unit -> written.put("unit", unit.name().toLowerCase(Locale.ROOT)));
    if (!origin.words().isEmpty()) {
      written.put("words", origin.words());
    }
    return written;
  }
}
