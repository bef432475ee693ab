package ai.birdie.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of this machine that neither refuses connections nor makes any: as many wait there as may,
 * and nobody accepts them. Whoever opened it closes it.
 */
public final class FullPort implements AutoCloseable {

  /** How long a connection takes that is not made, on this machine. */
  private static final int MILLIS = 500;

  private final ServerSocket listener;
  private final List<Socket> waiting = new ArrayList<>();

  private FullPort(ServerSocket listener) {
    this.listener = listener;
  }

  public static FullPort open() {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return of(new ServerSocket(0, 1, loopback));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes one of a listener from which nobody accepts connections any more. */
  static FullPort of(ServerSocket listener) throws IOException {
    FullPort port = new FullPort(listener);
    while (port.takesOneMore()) {
      // until it is full
    }
    return port;
  }

  private boolean takesOneMore() throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(listener.getLocalSocketAddress(), MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** Where it is: http, this machine, and a port. */
  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : waiting) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
