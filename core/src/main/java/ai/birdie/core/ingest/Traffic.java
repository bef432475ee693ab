package ai.birdie.core.ingest;

/**
 * What reading has taken of a source.
 *
 * @param statements how many were submitted and heard of
 * @param chunks how many parts of results were downloaded
 * @param bytes what was downloaded, as it came over the wire, failed attempts included
 * @param retries how many requests and downloads were sent again because they had failed
 * @param linkRefreshes how often a link was asked for again
 * @param tokens how many access tokens were asked for
 */
public record Traffic(
    long statements, long chunks, long bytes, long retries, long linkRefreshes, long tokens) {

  /** Nothing. */
  public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0);

  /** What came after {@code before}. */
  public Traffic since(Traffic before) {
    return new Traffic(
        statements - before.statements,
        chunks - before.chunks,
        bytes - before.bytes,
        retries - before.retries,
        linkRefreshes - before.linkRefreshes,
        tokens - before.tokens);
  }
}
