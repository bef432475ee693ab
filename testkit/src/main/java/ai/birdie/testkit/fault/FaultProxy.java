package ai.birdie.testkit.fault;

import static ai.birdie.testkit.fault.Sending.Connection.KEPT;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Stands between a client and a workspace, on a port of its own, and spoils the calls that it is
 * told to spoil. Links in answers lead through it, too. Knows one request at a time on each
 * connection, over HTTP/1.1. Safe for use by many threads; whoever opened it closes it.
 */
public final class FaultProxy implements AutoCloseable {

  /** What belongs to one connection, or is written anew. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "transfer-encoding",
          "upgrade");

  private static final Duration LONGEST_END = Duration.ofSeconds(60);
  private static final String WAIT = "\"wait_timeout\":\"[0-9]+s\"";
  private static final Pattern ID = Pattern.compile("\"statement_id\":\"([^\"]+)\"");

  private final String server;
  private final ServerSocket listener;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);
  private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
  private final List<Armed> armed = new CopyOnWriteArrayList<>();
  private final AtomicInteger struck = new AtomicInteger();
  private final Set<String> downloaded = ConcurrentHashMap.newKeySet();
  private final List<FullPort> full = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean early;
  private volatile boolean deaf;
  private volatile boolean down;

  private record Armed(Phase phase, Fault fault, AtomicInteger left) {}

  private FaultProxy(String server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /**
   * Opens a proxy that passes everything on as it is.
   *
   * @param server such as {@code http://127.0.0.1:4711}
   */
  public static FaultProxy before(String server) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      FaultProxy proxy = new FaultProxy(server, new ServerSocket(0, 50, loopback));
      proxy.accepting.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens: http, this machine, and a port. */
  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Spoils the next {@code times} calls of that phase, of those that it changes anything of. */
  public FaultProxy arm(Phase phase, Fault fault, int times) {
    armed.add(new Armed(phase, fault, new AtomicInteger(times)));
    return this;
  }

  /** From now on, statements are answered before they have ended, so that clients poll. */
  public FaultProxy answeringEarly() {
    early = true;
    return this;
  }

  /** How many calls were spoilt. */
  public int struck() {
    return struck.get();
  }

  @Override
  public void close() {
    closed.countDown();
    down = true;
    try {
      listener.close();
      for (Socket connection : connections.keySet()) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    full.forEach(FullPort::close);
    threads.shutdownNow();
    client.shutdownNow();
  }

  /**
   * Until a thread that accepts has left it, a closed listener takes connections, to reset them.
   */
  private void stopListening() throws IOException, InterruptedException {
    listener.close();
    awaitEnd(accepting);
  }

  /**
   * Ends all connections but the one that this thread serves, and waits until the client has seen
   * it: whoever loses the last one and asks again must not be given another that ends, too.
   */
  private void hangUpOthers() throws InterruptedException {
    Map<Socket, Thread> others = new HashMap<>(connections);
    others.values().remove(Thread.currentThread());
    others.keySet().forEach(FaultProxy::hangUp);
    for (Thread serving : others.values()) {
      awaitEnd(serving);
    }
  }

  private static void awaitEnd(Thread thread) throws InterruptedException {
    if (!thread.join(LONGEST_END)) {
      throw new IllegalStateException("A connection, or the listener, does not end");
    }
  }

  private static void hangUp(Socket connection) {
    try {
      connection.shutdownOutput();
    } catch (IOException e) {
      // it has ended already
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        if (deaf) {
          connections.put(connection, accepting);
          return;
        }
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void serve(Socket connection) {
    connections.put(connection, Thread.currentThread());
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Line line = new Line(connection, closed);
      Optional<Message> request = Message.read(in);
      while (isUp() && request.isPresent() && answer(request.get(), line) == KEPT) {
        request = Message.read(in);
      }
    } catch (IOException e) {
      // either side is gone, and so is the connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /** Asked before each answer: what was just accepted may have missed the hanging up. */
  private boolean isUp() {
    return !down && !deaf;
  }

  private Sending.Connection answer(Message request, Line line)
      throws IOException, InterruptedException {
    Optional<Armed> found = armed(phase(request));
    if (found.isEmpty()) {
      return new Sending.Whole().send(ask(request), line);
    }
    Armed it = found.get();
    return switch (it.fault()) {
      case Fault.Instead(var answer) -> {
        strike(it);
        yield new Sending.Whole().send(answer, line);
      }
      case Fault.Change(var change) -> {
        Message answer = ask(request);
        Message changed = change.apply(answer);
        if (changed != answer) {
          strike(it);
        }
        yield new Sending.Whole().send(changed, line);
      }
      case Fault.Transfer(var sending) -> {
        strike(it);
        yield sending.send(ask(request), line);
      }
      case Fault.Down() -> {
        strike(it);
        down = true;
        stopListening();
        hangUpOthers();
        yield Sending.Connection.CLOSED;
      }
      case Fault.Deaf() -> {
        strike(it);
        deaf = true;
        hangUpOthers();
        full.add(FullPort.of(listener));
        yield Sending.Connection.CLOSED;
      }
    };
  }

  private Phase phase(Message request) {
    Phase phase = Phase.of(request);
    boolean other = phase == Phase.POLL && downloaded.stream().noneMatch(request.start()::contains);
    return other ? Phase.OTHER : phase;
  }

  private Optional<Armed> armed(Phase phase) {
    return armed.stream()
        .filter(each -> each.phase() == phase && each.left().get() > 0)
        .findFirst();
  }

  private void strike(Armed it) {
    it.left().decrementAndGet();
    struck.incrementAndGet();
  }

  /** The server's answer, its links leading here. */
  private Message ask(Message request) throws IOException, InterruptedException {
    Message sent = early ? withoutWait(request) : request;
    String[] line = sent.start().split(" ", 3);
    HttpRequest.Builder passed =
        HttpRequest.newBuilder(URI.create(server + line[1]))
            .method(line[0], BodyPublishers.ofByteArray(sent.body()));
    for (Message.Header header : sent.headers()) {
      if (isPassedOn(header.name())) {
        passed.header(header.name(), header.value());
      }
    }
    Message answer = message(client.send(passed.build(), BodyHandlers.ofByteArray()));
    if (Phase.of(request) == Phase.SUBMIT) {
      ID.matcher(answer.text()).results().forEach(id -> downloaded.add(id.group(1)));
    }
    return linkedHere(answer);
  }

  private static Message withoutWait(Message request) {
    return request.withText(request.text().replaceAll(WAIT, "\"wait_timeout\":\"0s\""));
  }

  private static Message message(HttpResponse<byte[]> answer) {
    List<Message.Header> headers = new ArrayList<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (isPassedOn(name)) {
            values.forEach(value -> headers.add(new Message.Header(name, value)));
          }
        });
    return new Message("HTTP/1.1 " + answer.statusCode() + " ", headers, new byte[0])
        .withBody(answer.body());
  }

  private Message linkedHere(Message answer) {
    boolean json = answer.header("Content-Type").orElse("").startsWith("application/json");
    return json ? answer.withText(answer.text().replace(server + "/", url() + "/")) : answer;
  }

  private static boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
  }
}
