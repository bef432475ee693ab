package ai.birdie.bench.ingest;

import ai.birdie.bench.server.ChunkServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A running {@link ChunkServer}, which ends with this process at the latest. */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final String host;

  private ServerProcess(Process process, String host) {
    this.process = process;
    this.host = host;
  }

  static ServerProcess start(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null) {
      throw new IOException("The chunk server did not start");
    }
    return new ServerProcess(
        process, JsonMapper.shared().readValue(line, ChunkServer.Ready.class).host());
  }

  /** Such as {@code http://127.0.0.1:4711}. */
  String host() {
    return host;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
