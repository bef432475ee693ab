package ai.birdie.databricks.statement;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Where a chunk, or a part of one, can be downloaded for a while, by anybody: it is a secret.
 *
 * @param part the rows that lie there
 * @param url with its signature
 * @param headers to be sent with the request
 * @param freshUntil the deadline, as {@code Pauses} counts, from which another link is asked for
 */
public record ExternalLink(Chunk part, String url, Map<String, String> headers, long freshUntil) {

  public ExternalLink {
    requireNonNull(part);
    requireNonNull(url);
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "link to chunk " + part.index();
  }
}
