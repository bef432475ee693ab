package ai.birdie.databricks.statement;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.sql.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement that has succeeded.
 *
 * @param links those of its first chunks that came with the answer
 * @param rows the values of its first chunk, where they came with the answer
 */
public record Statement(
    String id,
    Request request,
    ResultManifest manifest,
    List<ExternalLink> links,
    List<List<Optional<String>>> rows) {

  /** How the rows are to come. */
  public enum Delivery {
    /** As text, in the answer itself: for a few small values. */
    INLINE("INLINE", "JSON_ARRAY"),
    /** As Arrow, from the cloud's storage. */
    EXTERNAL("EXTERNAL_LINKS", "ARROW_STREAM");

    private final String disposition;
    private final String format;

    Delivery(String disposition, String format) {
      this.disposition = disposition;
      this.format = format;
    }

    String disposition() {
      return disposition;
    }

    String format() {
      return format;
    }
  }

  /**
   * What is asked of the warehouse.
   *
   * @param purpose what it is for, as an infinitive that finishes "cannot"
   * @param table which table is read, so that an error can say what to grant
   * @param tags by which an administrator finds the statement in the query history
   */
  public record Request(
      Query query,
      Delivery delivery,
      String purpose,
      Optional<TableName> table,
      Map<String, String> tags) {

    public Request {
      requireNonNull(query);
      requireNonNull(delivery);
      requireNonNull(purpose);
      requireNonNull(table);
      tags = Map.copyOf(tags);
    }
  }

  public Statement {
    requireNonNull(id);
    requireNonNull(request);
    requireNonNull(manifest);
    links = List.copyOf(links);
    rows = List.copyOf(rows);
  }

  /** Neither links nor rows. */
  @Override
  public String toString() {
    return "Statement " + id;
  }
}
