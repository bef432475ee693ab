package ai.birdie.databricks.http;

import ai.birdie.databricks.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Downloads from links that are secrets in themselves: without the workspace's credential, cookies,
 * or redirects, and only from storage hosts at addresses where storage may lie. {@code
 * HttpURLConnection} costs half the CPU of the JDK's newer client [arrow-and-duckdb.md, 5]. Safe
 * for use by many threads.
 */
public final class LinkClient {

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(15);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** What a link may not set, because it is the connection's own business or a credential. */
  private static final Set<String> NEVER_SENT =
      Set.of(
          "authorization", "cookie", "host", "content-length", "transfer-encoding", "connection");

  /** Writes whole requests at FINE, and a link is a secret. Kept, because loggers are forgotten. */
  private final Logger jdk = Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

  private final LinkHosts hosts;
  private final int connectMillis;
  private final int silenceMillis;
  private final TlsSockets proxied;
  private final TlsSockets open;
  private final TlsSockets internal;

  /**
   * @param patience how long a download may take: neither connecting nor silence is waited for
   *     longer, and usually not as long
   */
  public LinkClient(LinkHosts hosts, Duration patience) {
    this.hosts = hosts;
    this.connectMillis = millis(patience, LONGEST_CONNECT);
    this.silenceMillis = millis(patience, LONGEST_SILENCE);
    this.jdk.setLevel(Level.OFF);
    // as many as there are rules, because connections are kept by their factory
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    this.proxied = new TlsSockets(factory, address -> true);
    this.open = new TlsSockets(factory, Network.PUBLIC::contains);
    this.internal = new TlsSockets(factory, Network.PRIVATE::contains);
  }

  private static int millis(Duration patience, Duration longest) {
    return (int) Math.max(1, Math.min(patience.toMillis(), longest.toMillis()));
  }

  /** Takes a body as it comes. */
  public interface Body {

    /** Reads the stream to its end. */
    void drain(InputStream in) throws IOException;
  }

  /**
   * Asks a link once.
   *
   * @param headers sent with the request
   * @param body given the answer's body, if the status is 200
   * @return the status
   * @throws IOException if the body was not whole, or the connection failed
   * @throws ai.birdie.core.error.SourceException if the link leads to another host than storage, or
   *     the host to an address where it must not lie
   */
  public int fetch(String url, Map<String, String> headers, Body body) throws IOException {
    URI uri = hosts.checked(url);
    HttpURLConnection connection = connection(uri);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(connectMillis);
    connection.setReadTimeout(silenceMillis);
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("User-Agent", "birdie-databricks");
    headers.forEach((name, value) -> send(connection, name, value));
    boolean whole = false;
    try {
      connection.connect();
      int status = connection.getResponseCode();
      if (status < 0) {
        throw new IOException("The answer is not HTTP");
      }
      if (status == HttpURLConnection.HTTP_OK) {
        drain(connection, body);
        whole = true;
      }
      return status;
    } finally {
      if (!whole) {
        connection.disconnect();
      }
    }
  }

  private HttpURLConnection connection(URI uri) throws IOException {
    Network network = hosts.network(LinkHosts.host(uri));
    Route route = Route.to(uri);
    route.require(uri.getHost(), network);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(route.proxy());
    if (connection instanceof HttpsURLConnection secure) {
      TlsSockets direct = network == Network.PRIVATE ? internal : open;
      secure.setSSLSocketFactory(route.isDirect() ? direct : proxied);
    }
    return connection;
  }

  /** The host of a link, which is all of it that may be shown. */
  public String host(String url) {
    return hosts.checked(url).getHost();
  }

  private static void send(HttpURLConnection connection, String name, String value) {
    String clean = name.replaceAll("[^!#$%&'*+.^_`|~0-9A-Za-z-]", "");
    if (!clean.isEmpty() && !NEVER_SENT.contains(clean.toLowerCase(Locale.ROOT))) {
      connection.setRequestProperty(clean, value.replaceAll("[\\r\\n\\x00]", ""));
    }
  }

  /** The JDK takes a body that ends too early for a whole one, so its length is counted here. */
  private static void drain(HttpURLConnection connection, Body body) throws IOException {
    long declared = connection.getContentLengthLong();
    try (CountingStream in = new CountingStream(connection.getInputStream())) {
      body.drain(in);
      if (declared >= 0 && in.count() != declared) {
        throw new IOException("The body has " + in.count() + " bytes of " + declared);
      }
    }
  }
}
