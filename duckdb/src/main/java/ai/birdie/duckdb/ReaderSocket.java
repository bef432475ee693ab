package ai.birdie.duckdb;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Where a process that holds a store for writing answers others that read it: a socket in the home
 * folder, which only its owner can use. Each of them sees what was committed when it began, and
 * cannot change it.
 */
final class ReaderSocket implements AutoCloseable {

  /** Bounds of a conversation: until it is cut off, and then once the store is being closed. */
  record Patience(Duration longest, Duration atTheEnd) {

    static final Patience USUAL = new Patience(Duration.ofMinutes(10), Duration.ofSeconds(5));
  }

  private static final String FILE = "socket";

  /** How often a conversation is cut off, until it ends. */
  private static final Duration STROKE = Duration.ofSeconds(1);

  private static final int STROKES = 5;

  private final ServerSocketChannel server;
  private final Path file;
  private final BufferAllocator allocator;
  private final Patience patience;
  private final ScheduledThreadPoolExecutor threads;
  private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

  private ReaderSocket(
      ServerSocketChannel server,
      Path file,
      int readers,
      BufferAllocator allocator,
      Patience patience) {
    this.server = server;
    this.file = file;
    this.allocator = allocator;
    this.patience = patience;
    this.threads = new ScheduledThreadPoolExecutor(readers + 1, ReaderSocket::thread);
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform().daemon().name("reader-socket").unstarted(work);
  }

  /**
   * Begins to answer, as many at once as there are connections; more wait. Whoever calls holds the
   * store's lock.
   *
   * @return nothing where the folder cannot hold a socket, as when its path is longer than the
   *     operating system allows: then nobody is answered
   */
  static Optional<ReaderSocket> open(
      Path home,
      List<SnapshotConnection> connections,
      BufferAllocator allocator,
      Patience patience) {
    Path file = home.resolve(FILE);
    try {
      Files.deleteIfExists(file); // of a process that was killed
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(file));
        StoreFiles.keepToOwner(file);
      } catch (IOException e) {
        server.close();
        throw e;
      }
      var socket = new ReaderSocket(server, file, connections.size(), allocator, patience);
      connections.forEach(
          connection -> socket.threads.execute(() -> socket.answerWith(connection)));
      return Optional.of(socket);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A connection to who holds the store in {@code home}; nothing where nobody answers. */
  static Optional<SocketChannel> connect(Path home) {
    try {
      return Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(home.resolve(FILE))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void answerWith(SnapshotConnection connection) {
    while (server.isOpen()) {
      try (SocketChannel asker = server.accept()) {
        converse(new Conversation(asker, connection, allocator));
      } catch (IOException | SQLException | RuntimeException | OutOfMemoryError e) {
        // who asked has gone, was cut off, or asked for too much, or the store is being closed
      }
    }
  }

  private void converse(Conversation conversation) throws IOException, SQLException {
    Future<?> end =
        threads.scheduleWithFixedDelay(
            conversation::cut, patience.longest.toMillis(), STROKE.toMillis(), MILLISECONDS);
    conversations.add(conversation);
    try {
      conversation.hold();
    } finally {
      conversations.remove(conversation);
      end.cancel(false);
    }
  }

  /** Takes nobody else, and lets those who ask end; at once where this thread is to stop. */
  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the next one to hold the store does it
    }
    threads.shutdown();
    boolean stopping = Thread.interrupted();
    boolean ended = !stopping && endWithin(patience.atTheEnd);
    for (int i = 0; i < STROKES && !ended; i++) {
      stopping |= Thread.interrupted();
      conversations.forEach(Conversation::cut);
      ended = endWithin(STROKE);
    }
    if (stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean endWithin(Duration time) {
    try {
      return threads.awaitTermination(time.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
