package ai.birdie.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy that every connection of this JVM is to go through, whatever its name or address:
 * it notes who was to be reached, and leads all of them to one port of this machine.
 */
public final class TunnelProxy implements AutoCloseable {

  private static final int LONGEST_HEAD = 64 << 10;

  private final ServerSocket server;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> heads = Collections.synchronizedList(new ArrayList<>());

  private TunnelProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A proxy that leads to {@code port}; to a port of 0 it makes no connection. */
  public static TunnelProxy to(int port) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      TunnelProxy proxy = new TunnelProxy(server, port);
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends everything through this proxy, to give to {@link ProxySelector#setDefault}. */
  public ProxySelector selector() {
    Proxy here =
        new Proxy(
            Proxy.Type.HTTP,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(here);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // whoever connects is told
      }
    };
  }

  /** What each connection began with, up to its first empty line. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // it is closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      heads.add(head(client.getInputStream()));
      if (target == 0) {
        return;
      }
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
        threads.execute(() -> pass(server, client));
        client.getInputStream().transferTo(server.getOutputStream());
      }
    } catch (IOException e) {
      // one of both sides has gone
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // one of both sides has gone
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (head.size() < LONGEST_HEAD && !head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
