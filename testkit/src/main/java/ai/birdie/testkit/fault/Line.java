package ai.birdie.testkit.fault;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The client's end of a connection, on which answers are sent. */
final class Line {

  private final Socket socket;
  private final CountDownLatch closed;

  /** On {@code socket}; pauses end when {@code closed} is open. */
  Line(Socket socket, CountDownLatch closed) {
    this.socket = socket;
    this.closed = closed;
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void pause(Duration pause) throws InterruptedException, IOException {
    if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("The proxy is closed");
    }
  }

  /** Ends the connection such that what was sent may be lost, as a crash does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Returns when the client, or the proxy, has closed the connection. */
  void awaitEnd() throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // whatever else is asked is not answered either
    }
  }
}
