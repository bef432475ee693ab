package ai.birdie.databricks.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Answers 200 to every request that comes by TLS, and notes by which protocol it came. */
final class TlsServer implements AutoCloseable {

  private final HttpsServer server;
  private final List<String> protocols = Collections.synchronizedList(new ArrayList<>());

  private TlsServer(HttpsServer server) {
    this.server = server;
  }

  static TlsServer with(SSLContext context) throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpsServer server = HttpsServer.create(here, 0);
    TlsServer all = new TlsServer(server);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          all.protocols.add(((HttpsExchange) exchange).getSSLSession().getProtocol());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return all;
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<String> protocols() {
    return List.copyOf(protocols);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
