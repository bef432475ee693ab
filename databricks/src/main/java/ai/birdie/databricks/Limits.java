package ai.birdie.databricks;

import java.time.Duration;

/**
 * How long and how much. Every value is positive.
 *
 * @param statement from the submission of a statement until it has succeeded, the warehouse's start
 *     included
 * @param warehouseStart how long a warehouse may take to start
 * @param request one request to the workspace, with its answer
 * @param download one chunk's body, from connecting to its last byte
 * @param retrying all pauses between repeated requests of one run together
 * @param bytesInFlight how much of downloaded chunks is held before it is decoded; the chunk that
 *     is read next is always let in
 * @param chunkBytes the largest body of one chunk, as it is sent and as it is decoded
 * @param batchBytes the largest record batch
 * @param windowBytes the largest result of one statement; a larger one is read in parts, because
 *     results are kept for an hour only
 * @param parallelDownloads how many chunks are downloaded at once
 */
public record Limits(
    Duration statement,
    Duration warehouseStart,
    Duration request,
    Duration download,
    Duration retrying,
    long bytesInFlight,
    long chunkBytes,
    long batchBytes,
    long windowBytes,
    int parallelDownloads) {

  /** What suits a workspace that is far away and a machine that has other work. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          96L << 20,
          2L << 30,
          512L << 20,
          4L << 30,
          3);

  public Limits {
    for (Duration limit : new Duration[] {statement, warehouseStart, request, download, retrying}) {
      if (limit.isZero() || limit.isNegative()) {
        throw new IllegalArgumentException("A limit of time is positive");
      }
    }
    if (bytesInFlight < 1
        || chunkBytes < 1
        || batchBytes < 1
        || windowBytes < 1
        || parallelDownloads < 1) {
      throw new IllegalArgumentException("A limit of size is positive");
    }
  }
}
