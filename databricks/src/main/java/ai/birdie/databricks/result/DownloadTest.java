package ai.birdie.databricks.result;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.statement.ExternalLink;
import ai.birdie.databricks.statement.Statement;
import ai.birdie.databricks.statement.Statements;
import java.util.List;
import java.util.Optional;

/**
 * What came of downloading a small result.
 *
 * @param host where the workspace keeps its results
 * @param bytes what was downloaded
 */
public record DownloadTest(String host, long bytes) {

  /**
   * Downloads all chunks of a statement whose result has rows.
   *
   * @throws ai.birdie.core.error.AccessException if the storage refuses
   * @throws ai.birdie.core.error.SourceException if it cannot be reached from here
   */
  public static DownloadTest of(Statement statement, Statements statements, Downloading how) {
    Links links = new Links(statements, statement, how.pauses(), how.meter());
    if (statement.manifest().chunks().isEmpty()) {
      throw DatabricksErrors.incomplete(statement.request().purpose(), "no rows came");
    }
    String host =
        links.of(0).stream().map(ExternalLink::url).map(how.client()::host).findFirst().orElse("");
    long bytes = 0;
    try (ChunkDownloads downloads = new ChunkDownloads(statement, links, how)) {
      Optional<List<PartBody>> bodies = downloads.next();
      while (bodies.isPresent()) {
        bytes += bodies.get().stream().mapToLong(PartBody::size).sum();
        bodies.get().forEach(PartBody::free);
        bodies = downloads.next();
      }
    }
    return new DownloadTest(host, bytes);
  }
}
