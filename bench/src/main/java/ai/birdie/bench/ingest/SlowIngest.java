package ai.birdie.bench.ingest;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.bench.server.ChunkServer;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Store;
import ai.birdie.databricks.DatabricksWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Ingests into a store that takes ten times as long over each batch. */
final class SlowIngest {

  private static final int TIMES = 10;

  private SlowIngest() {}

  /** Arguments: a connection file, a home, and the server's address. */
  public static void main(String[] arguments) {
    Connection connection =
        new ConnectionFiles(Map.of(), HostRule.LOCAL).read(Path.of(arguments[0]));
    try (HttpClient http = HttpClient.newHttpClient();
        BufferAllocator none = new RootAllocator(0);
        App app = new App(Path.of(arguments[1]), Clock.systemUTC())) {
      Ahead ahead = new Ahead(http, URI.create(arguments[2] + ChunkServer.SENT));
      try (DatabricksWorkspace workspace = app.workspace(connection, ahead);
          Source source = new SlowlyReadSource(app.source(workspace), none, TIMES);
          Store store = app.store(ahead)) {
        long rows = app.ingestion(source, store, ahead).run(connection.feeds().getFirst()).read();
        new Counted(rows, ahead.most >> 20).print();
      }
    }
  }

  /** Compares what the server has sent with what was decoded, chunk by chunk. */
  private static final class Ahead implements RunListener {

    private final HttpClient http;
    private final URI sent;
    private long decoded;
    private long most;

    Ahead(HttpClient http, URI sent) {
      this.http = http;
      this.sent = sent;
      this.decoded = sent();
    }

    @Override
    public synchronized void rowsRead(long rows, long bytes) {
      most = Math.max(most, sent() - decoded);
      decoded += bytes;
    }

    private long sent() {
      try {
        HttpRequest request = HttpRequest.newBuilder(sent).build();
        return Long.parseLong(http.send(request, BodyHandlers.ofString()).body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
