package ai.birdie.databricks;

import ai.birdie.core.error.ConfigException;
import ai.birdie.databricks.network.AllowedHosts;
import ai.birdie.databricks.network.Network;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A workspace's address that is safe to send credentials to: a Databricks workspace over https, or
 * this machine itself. It can only be had through {@link #of} and {@link #local}.
 */
public final class WorkspaceHost {

  /** The workspace zones of the vendor's own SDK, without its development and staging zones. */
  private static final List<String> SUFFIXES =
      List.of(
          ".cloud.databricks.com",
          ".azuredatabricks.net",
          ".gcp.databricks.com",
          ".cloud.databricks.us",
          ".cloud.databricks.mil",
          ".databricks.azure.us",
          ".databricks.azure.cn");

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final String LABELS = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+";
  private static final int LONGEST_NAME = 253;

  private final URI uri;
  private final Network network;
  private final AllowedHosts allowed;

  private WorkspaceHost(URI uri, Network network, AllowedHosts allowed) {
    this.uri = uri;
    this.network = network;
    this.allowed = allowed;
  }

  /**
   * A workspace of Databricks.
   *
   * @throws ConfigException unless {@code url} is https, port 443 or none, and a DNS name under one
   *     of the vendor's workspace zones, with nothing after it but at most one slash
   */
  public static WorkspaceHost of(String url) {
    return of(url, AllowedHosts.NONE);
  }

  /**
   * As {@link #of(String)}, or under a name that an administrator allows, which may then lie in a
   * private network.
   *
   * @param allowed beside workspaces also the storage from which results may be downloaded
   */
  public static WorkspaceHost of(String url, AllowedHosts allowed) {
    URI uri = parse(url);
    String name = name(uri);
    boolean listed = allowed.includes(name);
    boolean known =
        name.length() <= LONGEST_NAME
            && (listed || SUFFIXES.stream().anyMatch(s -> name.endsWith(s) && prefixes(name, s)));
    if (!"https".equals(uri.getScheme()) || !known || !(uri.getPort() == -1 || port(uri, 443))) {
      throw notAWorkspace();
    }
    Network network = listed ? Network.PRIVATE : Network.PUBLIC;
    return new WorkspaceHost(URI.create("https://" + name), network, allowed);
  }

  /**
   * A workspace on this machine, for tests and trials.
   *
   * @throws ConfigException unless {@code url} is http, a loopback host, and a port
   */
  public static WorkspaceHost local(String url) {
    URI uri = parse(url);
    String name = name(uri);
    if (!"http".equals(uri.getScheme()) || !LOOPBACK.contains(name) || uri.getPort() < 1) {
      throw new ConfigException(
          "The host is not a local workspace.",
          "Give it as http://127.0.0.1:PORT, as `birdie workspace` prints it.");
    }
    return new WorkspaceHost(
        URI.create("http://" + name + ":" + uri.getPort()), Network.LOOPBACK, AllowedHosts.NONE);
  }

  /** The host's name, in lower case and without a port; this is what people are told. */
  public String name() {
    return uri.getHost();
  }

  /** Scheme, name, and port, without a slash at the end. */
  public URI uri() {
    return uri;
  }

  /** Whether this is the machine itself, where plain http is allowed. */
  public boolean isLocal() {
    return network == Network.LOOPBACK;
  }

  /** Where it must lie. */
  Network network() {
    return network;
  }

  /** The hosts beside the clouds' storage that hold its results. */
  AllowedHosts allowed() {
    return allowed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WorkspaceHost host && uri.equals(host.uri);
  }

  @Override
  public int hashCode() {
    return uri.hashCode();
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  private static URI parse(String url) {
    try {
      URI uri = new URI(url);
      boolean bare =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawPath() != null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
              && uri.getHost() != null;
      if (bare && url.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
        return uri;
      }
      throw notAWorkspace();
    } catch (URISyntaxException e) {
      throw notAWorkspace(); // its cause would repeat the text, which may hold a secret
    }
  }

  private static String name(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  private static boolean port(URI uri, int port) {
    return uri.getPort() == port && uri.getRawAuthority().endsWith(":" + port);
  }

  private static boolean prefixes(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length() + 1).matches(LABELS);
  }

  private static ConfigException notAWorkspace() {
    return new ConfigException(
        "The host is not the address of a Databricks workspace.",
        "Give the workspace's URL as the browser shows it, without a path: https://NAME followed by"
            + " one of "
            + String.join(", ", SUFFIXES)
            + ".");
  }
}
