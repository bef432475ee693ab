package ai.birdie.databricks.http;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.network.Network;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The way to a host: through the proxy that the JVM's settings name, which resolves the name and
 * has rules of its own, or directly, where addresses are looked at here.
 */
record Route(Proxy proxy) {

  static Route to(URI uri) {
    List<Proxy> proxies =
        Optional.ofNullable(ProxySelector.getDefault())
            .map(selector -> selector.select(uri))
            .orElse(List.of());
    return new Route(proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0));
  }

  boolean isDirect() {
    return proxy.type() == Proxy.Type.DIRECT;
  }

  /**
   * Looks at every address of {@code host}, unless a proxy does.
   *
   * @throws ai.birdie.core.error.SourceException if one of them is outside of {@code network}
   * @throws UnknownHostException if there is none
   */
  void require(String host, Network network) throws UnknownHostException {
    Optional<InetAddress> stranger = isDirect() ? network.stranger(host) : Optional.empty();
    if (stranger.isPresent()) {
      throw DatabricksErrors.foreignAddress(host, stranger.get());
    }
  }
}
