package ai.birdie.app.map;

import static java.util.Objects.requireNonNull;

import ai.birdie.app.config.ConnectionText;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.Domain;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.sample.TableSample;
import ai.birdie.databricks.sql.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is proposed for all feeds of one table.
 *
 * @param columns the table's
 */
public record Survey(TableName table, List<Column> columns, List<Part> parts) {

  public Survey {
    requireNonNull(table);
    columns = List.copyOf(columns);
    parts = List.copyOf(parts);
  }

  /**
   * What is proposed for one feed.
   *
   * @param gaps what the table lacks of the kind, mapped so
   * @param preview the sample's rows, mapped so; empty where the table cannot be read
   */
  public record Part(
      Proposal proposal, TableSample sample, List<Gap> gaps, Optional<Preview> preview) {

    public Part {
      requireNonNull(proposal);
      requireNonNull(sample);
      gaps = List.copyOf(gaps);
      requireNonNull(preview);
    }

    static Part of(Feed feed, TableSample sample) {
      Proposal proposal = Proposal.of(feed, sample);
      Feed mapped = proposal.mapped();
      List<Gap> gaps = Gap.of(mapped, proposal.columns());
      Optional<Preview> preview =
          gaps.stream().anyMatch(Gap::blocks)
              ? Optional.empty()
              : Optional.of(Preview.of(mapped, sample));
      return new Part(proposal, sample, gaps, preview);
    }
  }

  /**
   * Looks at a table. A kind's fields that another kind shares are where they were for that.
   *
   * @throws ConfigException if all feeds are reference tables, which have no fields
   */
  public static Survey of(List<Feed> feeds, DatabricksWorkspace workspace) {
    TableName table = feeds.getFirst().table();
    List<Feed> mappable = feeds.stream().filter(feed -> !feed.kind().asItIs()).toList();
    if (mappable.isEmpty()) {
      throw new ConfigException(
          table + " is a reference table, whose columns stay as they are: it has no fields to map.",
          "Name the kind of its rows in metadata.data_kind, if it is another.");
    }
    List<Column> columns = workspace.columns(table);
    List<Part> parts = new ArrayList<>();
    Mapping settled = Mapping.BY_NAME;
    for (Feed feed : mappable) {
      Feed known = feed.mapped(joined(feed.mapping(), settled));
      Part part = Part.of(known, workspace.sample(known, columns));
      parts.add(part);
      settled = joined(settled, part.proposal().mapping());
    }
    return new Survey(table, columns, parts);
  }

  private static Mapping joined(Mapping first, Mapping second) {
    Map<String, Origin> origins = new TreeMap<>(second.origins());
    origins.putAll(first.origins());
    origins.keySet().removeAll(first.unused());
    Set<String> unused = new HashSet<>(second.unused());
    unused.removeAll(first.origins().keySet());
    unused.addAll(first.unused());
    return new Mapping(new TreeMap<>(origins), unused);
  }

  /** Whether every feed can be read so. */
  public boolean isComplete() {
    return parts.stream().flatMap(part -> part.gaps().stream()).noneMatch(Gap::blocks);
  }

  /** The fields without which a feed cannot be read. */
  public String blocking() {
    return parts.stream()
        .flatMap(part -> part.gaps().stream())
        .filter(Gap::blocks)
        .map(gap -> gap.label() + " (without it " + gap.cost() + ")")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The connection file's block. */
  public Map<String, Object> block() {
    Map<String, Object> block = new LinkedHashMap<>();
    parts.forEach(part -> part.proposal().block().forEach(block::putIfAbsent));
    return block;
  }

  /** The block as text. */
  public String text() {
    return writtenInto(new ConnectionText("{\n  \"mapping\": {}\n}")).text();
  }

  /** A connection file with what is proposed. */
  public ConnectionText writtenInto(ConnectionText file) {
    ConnectionText mapped = block().isEmpty() ? file : file.with(List.of("mapping"), block());
    return scale()
        .map(range -> mapped.with(List.of("ingestion", "rating_scale"), numbers(range)))
        .orElse(mapped);
  }

  /** Between which numbers the ratings lie, where the file should say so. */
  public Optional<Domain.Range> scale() {
    return parts.stream().flatMap(part -> part.proposal().scale().stream()).findFirst();
  }

  /** A scale as the file has it. */
  public static List<Number> numbers(Domain.Range scale) {
    return List.of(number(scale.from()), number(scale.to()));
  }

  private static Number number(double number) {
    return number == Math.rint(number) ? (Number) (long) number : number;
  }

  /** Whether the file need not change. */
  public boolean saysNothing() {
    return block().isEmpty() && scale().isEmpty();
  }

  /**
   * Passes if the connection file can say it.
   *
   * @throws ConfigException if a column's name would be taken for a reference
   */
  public void requireWritable() {
    parts.stream()
        .flatMap(part -> part.proposal().mapping().origins().values().stream())
        .map(Origin::column)
        .filter(name -> name.startsWith("file:") || name.matches("(?s)\\$\\{.*}"))
        .findFirst()
        .ifPresent(name -> {
          throw new ConfigException(
              "The column " + name + " has a name that a connection file takes for a reference.",
              "Map the table by a view: birdie map --view NAME FILE");
        });
  }

  List<SourceColumn> sources() {
    return columns.stream().map(Column::asSource).toList();
  }
}
