package ai.birdie.databricks.http;

import ai.birdie.databricks.error.DatabricksErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where results may be downloaded from: the clouds' storage, and this machine in tests. */
public enum LinkHosts {
  /** The storage hosts of the clouds on which Databricks runs, over https. */
  CLOUDS {
    @Override
    boolean allows(URI uri, String host) {
      return "https".equals(uri.getScheme())
          && (uri.getPort() == -1 || uri.getPort() == 443)
          && STORAGE.stream().anyMatch(pattern -> pattern.matcher(host).matches());
    }
  },
  /** This machine, for a workspace that is local itself. */
  LOOPBACK {
    @Override
    boolean allows(URI uri, String host) {
      return "http".equals(uri.getScheme()) && LOCAL.contains(host);
    }
  };

  private static final String LABELS = "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)";
  private static final List<Pattern> STORAGE =
      List.of(
          Pattern.compile(LABELS + "*s3(?:[.-][a-z0-9]+)*\\.amazonaws\\.com(?:\\.cn)?"),
          Pattern.compile(
              LABELS
                  + "+(?:blob|dfs)\\.core\\."
                  + "(?:windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn)"),
          Pattern.compile(LABELS + "?storage\\.googleapis\\.com"));
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");

  abstract boolean allows(URI uri, String host);

  /**
   * The address, if it may be called.
   *
   * @throws ai.birdie.core.error.SourceException if it may not; the message names no more than the
   *     host
   */
  URI checked(String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean bare = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      if (bare && !host.isEmpty() && allows(uri, host)) {
        return uri;
      }
      throw DatabricksErrors.foreignLink(host.isEmpty() ? "an address without a host" : host);
    } catch (URISyntaxException e) {
      throw DatabricksErrors.foreignLink("an address that cannot be read");
    }
  }
}
