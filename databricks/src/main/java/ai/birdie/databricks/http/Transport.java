package ai.birdie.databricks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.network.Network;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;

/**
 * Sends single requests to the workspace and to nothing else: one attempt, no redirects, no
 * cookies, and a limit on time and size that includes the body. Safe for use by many threads.
 */
public final class Transport {

  private static final int LARGEST_ANSWER = 64 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(15);

  /** With it, the JDK's client takes a certificate for whatever name it is asked for. */
  private static final String NAMES_UNCHECKED =
      "jdk.internal.httpclient.disableHostnameVerification";

  private final URI base;
  private final Network network;
  private final HttpClient client;

  /**
   * Sends to the host of {@code base}, as long as its addresses lie in {@code network}.
   *
   * @throws ai.birdie.core.error.ConfigException if the JVM is told not to check the names in
   *     certificates
   */
  public Transport(URI base, Network network) {
    if (System.getProperty(NAMES_UNCHECKED) != null) {
      throw DatabricksErrors.namesUnchecked(NAMES_UNCHECKED);
    }
    this.base = base;
    this.network = network;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslParameters(new SSLParameters(null, TlsSockets.PROTOCOLS))
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * Sends one request and waits for the whole answer.
   *
   * @param path begins with a slash
   * @param limit from the first byte that is sent to the last that comes back
   * @throws TimeoutException if the answer is not whole in time
   * @throws ai.birdie.core.error.SourceException if the host has an address where it must not lie
   */
  public Answer send(
      String method,
      String path,
      Map<String, String> headers,
      Optional<String> body,
      Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    // what it resolves to now, the JVM remembers for the connection that follows
    Route.to(base).require(base.getHost(), network);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    headers.forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(request.build(), info -> new CappedBody(LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> answer = pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(answer.statusCode(), answer.headers(), new String(answer.body(), UTF_8));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
    } finally {
      pending.cancel(true);
    }
  }
}
