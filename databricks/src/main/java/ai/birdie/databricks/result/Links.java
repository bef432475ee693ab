package ai.birdie.databricks.result;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.http.Meter;
import ai.birdie.databricks.http.Pauses;
import ai.birdie.databricks.statement.Chunk;
import ai.birdie.databricks.statement.ExternalLink;
import ai.birdie.databricks.statement.Statement;
import ai.birdie.databricks.statement.Statements;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The links to a result's chunks: those that came with an answer while they are fresh, else asked
 * for by the chunk's own index. Safe for use by many threads.
 */
final class Links {

  private final Statements statements;
  private final Statement statement;
  private final Pauses pauses;
  private final Meter meter;
  private final Set<Integer> given = new HashSet<>();
  private final Map<Integer, List<ExternalLink>> known = new HashMap<>();

  Links(Statements statements, Statement statement, Pauses pauses, Meter meter) {
    this.statements = statements;
    this.statement = statement;
    this.pauses = pauses;
    this.meter = meter;
    keep(statement.links());
  }

  /**
   * Links that together lead to all rows of the chunk, each once, in order.
   *
   * @throws ai.birdie.core.error.IncompleteException if the workspace's links do not
   */
  List<ExternalLink> of(int index) {
    List<ExternalLink> links = fresh(index);
    if (links.isEmpty()) {
      if (wasKnown(index)) {
        meter.linkRefresh();
      }
      keep(statements.links(statement, index));
      links = latest(index); // even where it says that it has expired: the storage decides
    }
    Chunk chunk = statement.manifest().chunks().get(index);
    statement
        .manifest()
        .requireParts(
            chunk, links.stream().map(ExternalLink::part).toList(), statement.request().purpose());
    return links;
  }

  /** The links to that chunk did not work. */
  synchronized void forget(int index) {
    known.remove(index);
  }

  private synchronized List<ExternalLink> fresh(int index) {
    List<ExternalLink> links = latest(index);
    return links.stream().anyMatch(link -> pauses.passed(link.freshUntil())) ? List.of() : links;
  }

  private synchronized boolean wasKnown(int index) {
    return given.contains(index);
  }

  private synchronized List<ExternalLink> latest(int index) {
    return known.getOrDefault(index, List.of());
  }

  private synchronized void keep(List<ExternalLink> links) {
    int chunks = statement.manifest().chunks().size();
    for (ExternalLink link : links) {
      if (link.part().index() < 0 || link.part().index() >= chunks) {
        throw DatabricksErrors.incomplete(
            statement.request().purpose(), "there is a link to a chunk that does not exist");
      }
    }
    links.forEach(link -> given.add(link.part().index()));
    known.putAll(links.stream().collect(Collectors.groupingBy(link -> link.part().index())));
  }
}
