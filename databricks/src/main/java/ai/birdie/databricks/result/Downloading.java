package ai.birdie.databricks.result;

import ai.birdie.databricks.http.LinkClient;
import ai.birdie.databricks.http.Meter;
import ai.birdie.databricks.http.Pauses;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * How chunks are downloaded and decoded.
 *
 * @param limit how long one chunk may take
 * @param parallel how many are downloaded ahead of the one that is read
 * @param bytesInFlight how much may be downloaded ahead
 * @param chunkBytes the largest chunk, as it is sent and as it is decoded
 * @param batchBytes the largest record batch
 * @param windowBytes the largest result, as the manifest declares it and as it comes
 */
public record Downloading(
    LinkClient client,
    Storage storage,
    ExecutorService threads,
    Segments segments,
    Pauses pauses,
    Meter meter,
    Duration limit,
    int parallel,
    long bytesInFlight,
    long chunkBytes,
    long batchBytes,
    long windowBytes) {}
