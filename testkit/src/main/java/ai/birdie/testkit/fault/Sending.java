package ai.birdie.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** How an answer goes over the wire. */
sealed interface Sending {

  /** What becomes of the connection. */
  enum Connection {
    KEPT,
    CLOSED
  }

  /** Whether the answer's first line and headers are sent. */
  enum Head {
    SENT,
    MISSING
  }

  /** Sends the answer over {@code line}, or what there is to be of it. */
  Connection send(Message answer, Line line) throws IOException, InterruptedException;

  /** At once. */
  record Whole() implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      line.write(answer.head());
      line.write(answer.body());
      return Connection.KEPT;
    }
  }

  /** After {@code pause}. */
  record Late(Duration pause) implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException, InterruptedException {
      line.pause(pause);
      return new Whole().send(answer, line);
    }
  }

  /** The body byte by byte. */
  record Drip(Duration pause) implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException, InterruptedException {
      line.write(answer.head());
      for (byte b : answer.body()) {
        line.pause(pause);
        line.write(new byte[] {b});
      }
      return Connection.KEPT;
    }
  }

  /** Nothing, until the client gives up. */
  record Silence() implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      line.awaitEnd();
      return Connection.CLOSED;
    }
  }

  /** Nothing, and the connection is reset. */
  record Reset() implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      line.reset();
      return Connection.CLOSED;
    }
  }

  /** Half of the head, and the connection is reset. */
  record ResetInHead() implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      byte[] head = answer.head();
      line.write(Arrays.copyOf(head, head.length / 2));
      line.reset();
      return Connection.CLOSED;
    }
  }

  /** The head, some bytes of the body, and the connection is reset. */
  record ResetInBody(int after) implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      new Cut(after, Head.SENT).send(answer, line);
      line.reset();
      return Connection.CLOSED;
    }
  }

  /** Some bytes of the body, and the connection is closed in good order. */
  record Cut(int after, Head head) implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      if (head == Head.SENT) {
        line.write(answer.head());
      }
      byte[] body = answer.body();
      line.write(Arrays.copyOf(body, Math.min(after, body.length)));
      return Connection.CLOSED;
    }
  }

  /** Everything, with a wrong length; where more is declared, the end of the connection ends it. */
  record WrongLength(int by) implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      String length = Integer.toString(answer.body().length + by);
      new Whole().send(answer.with("Content-Length", length), line);
      return by > 0 ? Connection.CLOSED : Connection.KEPT;
    }
  }

  /** Bytes that are no HTTP. */
  record Garbage() implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      byte[] noise = new byte[500];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (byte) (i * 167 + 13);
      }
      line.write(noise);
      return Connection.CLOSED;
    }
  }

  /** A body in chunks, of which the first says no length. */
  record MalformedChunk() implements Sending {
    @Override
    public Connection send(Message answer, Line line) throws IOException {
      String head = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n";
      line.write((head + "no length\r\nno chunk").getBytes(ISO_8859_1));
      return Connection.CLOSED;
    }
  }
}
