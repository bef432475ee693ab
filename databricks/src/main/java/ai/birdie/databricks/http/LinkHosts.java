package ai.birdie.databricks.http;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.network.AllowedHosts;
import ai.birdie.databricks.network.Network;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where results may be downloaded from: the clouds' storage, or this machine in tests. */
public abstract sealed class LinkHosts {

  /** The storage hosts of the clouds on which Databricks runs, over https. */
  public static final LinkHosts CLOUDS = clouds(AllowedHosts.NONE);

  /** This machine, for a workspace that is local itself. */
  public static final LinkHosts LOOPBACK = new Loopback();

  private LinkHosts() {}

  /** As {@link #CLOUDS}, and the hosts that an administrator allows. */
  public static LinkHosts clouds(AllowedHosts allowed) {
    return new Clouds(allowed);
  }

  abstract boolean allows(URI uri, String host);

  /** In which network a host must lie that is allowed. */
  abstract Network network(String host);

  /**
   * The address, if it may be called.
   *
   * @throws ai.birdie.core.error.SourceException if it may not; the message names no more than the
   *     host
   */
  URI checked(String url) {
    try {
      URI uri = new URI(url);
      String host = host(uri);
      boolean bare = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      if (bare && !host.isEmpty() && allows(uri, host)) {
        return uri;
      }
      throw DatabricksErrors.foreignLink(host.isEmpty() ? "an address without a host" : host);
    } catch (URISyntaxException e) {
      throw DatabricksErrors.foreignLink("an address that cannot be read");
    }
  }

  /** In lower case; empty where there is none. */
  static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
  }

  private static final class Clouds extends LinkHosts {

    private static final String LABELS = "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)";
    private static final List<Pattern> STORAGE =
        List.of(
            Pattern.compile(LABELS + "*s3(?:[.-][a-z0-9]+)*\\.amazonaws\\.com(?:\\.cn)?"),
            Pattern.compile(
                LABELS
                    + "+(?:blob|dfs)\\.core\\."
                    + "(?:windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn)"),
            Pattern.compile(LABELS + "?storage\\.googleapis\\.com"));

    private final AllowedHosts allowed;

    Clouds(AllowedHosts allowed) {
      this.allowed = allowed;
    }

    @Override
    boolean allows(URI uri, String host) {
      boolean known =
          allowed.includes(host)
              || STORAGE.stream().anyMatch(pattern -> pattern.matcher(host).matches());
      return known
          && "https".equals(uri.getScheme())
          && (uri.getPort() == -1 || uri.getPort() == 443);
    }

    @Override
    Network network(String host) {
      return allowed.includes(host) ? Network.PRIVATE : Network.PUBLIC;
    }
  }

  private static final class Loopback extends LinkHosts {

    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");

    @Override
    boolean allows(URI uri, String host) {
      return "http".equals(uri.getScheme()) && LOCAL.contains(host);
    }

    @Override
    Network network(String host) {
      return Network.LOOPBACK;
    }
  }
}
