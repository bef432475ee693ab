package ai.birdie.workspace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many rows a statement has written, as its commits tell, until it is closed.
 *
 * <p>Thread-safe.
 */
public final class WrittenRows implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicLong rows = new AtomicLong();
  private final Runnable forget;

  WrittenRows(Runnable forget) {
    this.forget = forget;
  }

  /** Rows that are new; not those that were copied from one file to another. */
  public long rows() {
    return rows.get();
  }

  /** Counts what Delta says of a commit; it may say nothing. */
  void count(String commitInfo) throws JsonProcessingException {
    JsonNode metrics = JSON.readTree(commitInfo).at("/commitInfo/operationMetrics");
    rows.addAndGet(metrics.path("numOutputRows").asLong() - metrics.path("numCopiedRows").asLong());
  }

  @Override
  public void close() {
    forget.run();
  }
}
