package ai.birdie.duckdb;

import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Redactor;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A store in one file, {@code store.duckdb} in a folder of its own. Rows, quarantine, coverage, and
 * receipt of a window commit in one transaction; there is no other state. Belongs to one thread.
 */
public final class DuckStore implements Store {

  static final String FILE = "store.duckdb";

  /** How many other processes are answered at once. */
  private static final int READERS = 2;

  private final StoreLock lock;
  private final Database database;
  private final Optional<ReaderSocket> socket;
  private final Histories histories;
  private final BufferAllocator allocator;
  private final InstantSource clock;
  private final RunListener listener;
  private final Supplier<Redactor> redactors;
  private final SuppressionList people;
  private boolean open = true;

  private DuckStore(
      StoreLock lock,
      Database database,
      Optional<ReaderSocket> socket,
      BufferAllocator allocator,
      InstantSource clock,
      RunListener listener,
      Supplier<Redactor> redactors,
      SuppressionList people) {
    this.lock = lock;
    this.database = database;
    this.socket = socket;
    this.histories = new Histories(database);
    this.allocator = allocator;
    this.clock = clock;
    this.listener = listener;
    this.redactors = redactors;
    this.people = people;
  }

  /**
   * Opens the store in {@code home} for writing, and makes folder and file where there are none.
   * Until it is closed, no other process can use it but by {@link StoreReader#openOrAsk}.
   *
   * @param clock says when a window was committed; it takes no part in what is read
   * @param listener is warned when a feed is loaded anew
   * @param redactors makes what takes personal data out, where a feed asks for it
   * @throws StoreException if another process uses it, or if it cannot be read or written
   */
  public static DuckStore open(
      Path home,
      BufferAllocator allocator,
      InstantSource clock,
      RunListener listener,
      Supplier<Redactor> redactors) {
    return open(home, allocator, clock, listener, redactors, Database.Watch.NONE);
  }

  /** As the other, for feeds none of which asks for redaction; one that does is not landed. */
  public static DuckStore open(
      Path home, BufferAllocator allocator, InstantSource clock, RunListener listener) {
    return open(home, allocator, clock, listener, Database.Watch.NONE);
  }

  static DuckStore open(
      Path home,
      BufferAllocator allocator,
      InstantSource clock,
      RunListener listener,
      Database.Watch watch) {
    return open(home, allocator, clock, listener, DuckStore::noRedactor, watch);
  }

  private static Redactor noRedactor() {
    throw new IllegalStateException("The store was opened without what redacts its feeds");
  }

  private static DuckStore open(
      Path home,
      BufferAllocator allocator,
      InstantSource clock,
      RunListener listener,
      Supplier<Redactor> redactors,
      Database.Watch watch) {
    create(home);
    StoreLock lock = StoreLock.take(home, StoreLock.Use.WRITE);
    try {
      Path file = home.resolve(FILE);
      if (!Files.exists(file)) {
        make(file, watch);
      }
      Database database = Database.openForWriting(file, READERS, watch);
      try {
        StoreFormat.check(file, database);
        SuppressionList people = SuppressionList.of(home);
        StoreErasure.check(home, database, people);
        Fence.raise(home, database);
        var socket =
            ReaderSocket.open(home, database.readers(), allocator, ReaderSocket.Patience.USUAL);
        return new DuckStore(lock, database, socket, allocator, clock, listener, redactors, people);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public Coverage coverage(Feed feed) {
    AtomicReference<Coverage> coverage = new AtomicReference<>(Coverage.none());
    database.transaction(() -> {
      Optional<History> history = histories.find(feed);
      history.map(histories::coverage).ifPresent(coverage::set);
      boolean goesOn = history.filter(h -> h.state() == History.State.CURRENT).isPresent();
      if (!goesOn && histories.current(feed.name()).isPresent()) {
        listener.warning(
            feed.name()
                + " is loaded anew, by --full or because its file names another table, column,"
                + " key, kind, or redaction; until that is complete, the old rows are shown.");
      }
    });
    return coverage.get();
  }

  @Override
  public List<Total> totals(Feed feed, List<Window> windows) {
    List<Total> totals = new ArrayList<>();
    database.transaction(() ->
        histories
            .find(feed)
            .filter(history -> new LandingTable(database, history).exists())
            .map(history -> new Differences(database, history).totals(windows))
            .ifPresent(totals::addAll));
    return totals.isEmpty() ? Collections.nCopies(windows.size(), Total.NONE) : totals;
  }

  @Override
  public long judge(Feed feed) {
    AtomicLong changed = new AtomicLong();
    database.transaction(() ->
        histories
            .find(feed)
            .filter(history -> new LandingTable(database, history).exists())
            .map(history -> new Judgement(database, history).renew(feed, people))
            .ifPresent(changed::set));
    return changed.get();
  }

  @Override
  public List<Long> cuts(Feed feed, int parts) {
    AtomicReference<List<Long>> cuts = new AtomicReference<>(List.of());
    database.transaction(() ->
        histories
            .find(feed)
            .filter(history -> parts > 1 && new LandingTable(database, history).exists())
            .map(history -> cuts(history, parts))
            .ifPresent(cuts::set));
    return cuts.get();
  }

  private List<Long> cuts(History history, int parts) {
    String shares =
        IntStream.range(1, parts)
            .mapToObj(i -> Double.toString((double) i / parts))
            .collect(Collectors.joining(", "));
    return database.rows(
        row -> row.getLong(1),
        """
        SELECT DISTINCT cut FROM (
          SELECT unnest(approx_quantile(_cursor, [%s])) AS cut FROM %s WHERE _cursor IS NOT NULL)
        WHERE cut IS NOT NULL ORDER BY cut
        """
            .formatted(shares, history.landing()));
  }

  @Override
  public Receipt confirm(Feed feed, Window window, ControlTotal held) {
    try (DuckLanding landing = landing(feed, window)) {
      return landing.confirm(held);
    }
  }

  @Override
  public Total gone(Feed feed, Window.Gone window) {
    AtomicReference<Total> gone = new AtomicReference<>(Total.NONE);
    database.transaction(() ->
        histories
            .find(feed)
            .map(history -> new Differences(database, history).gone(window))
            .ifPresent(gone::set));
    return gone.get();
  }

  @Override
  public Receipt remove(Feed feed, Window.Gone window, ControlTotal held) {
    try (DuckLanding landing = landing(feed, window)) {
      return landing.remove(window, held);
    }
  }

  @Override
  public Landing begin(Feed feed, Window window) {
    return landing(feed, window);
  }

  private DuckLanding landing(Feed feed, Window window) {
    try {
      return new DuckLanding(
          database,
          histories.open(feed),
          feed,
          window,
          allocator,
          clock,
          listener,
          redactors,
          people);
    } catch (RuntimeException e) {
      database.rollback();
      throw e;
    }
  }

  /**
   * Lets the next run take the rows of a held window that break the contract into quarantine.
   *
   * @param feeds of one of which it is
   * @throws ai.birdie.core.error.ConfigException if there is no such window
   */
  public void accept(List<String> feeds, long heldWindow) {
    database.transaction(() -> new HeldWindows(database).accept(feeds, heldWindow));
  }

  @Override
  public void complete(Feed feed, Horizon horizon) {
    database.transaction(() -> {
      History history = histories.open(feed);
      histories.keepCompared(history, horizon.clock());
      if (history.state() == History.State.LOADING) {
        histories.current(feed.name()).ifPresent(old -> KindViews.retire(database, old));
        histories.promote(history);
        KindViews.createAll(database);
      }
    });
  }

  @Override
  public void restart(Feed feed) {
    database.transaction(() -> histories.begin(feed));
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      try (lock;
          database) {
        socket.ifPresent(ReaderSocket::close);
        database.rollback();
        shrinkLog();
      }
    }
  }

  /** The next opening does it where this one cannot, or may not. */
  private void shrinkLog() {
    try {
      database.checkpoint();
    } catch (StoreException e) {
      listener.warning("The store's log stays beside it for now. " + e.getMessage());
    }
  }

  /** Makes the folder of a store, unless it is there. */
  static void create(Path home) {
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(home);
        keepToOwner(home);
      }
    } catch (IOException e) {
      throw new StoreException(
          "The store's folder " + home + " cannot be made: " + e.getMessage(),
          "Choose a folder that this user may write with --home.",
          e);
    }
  }

  /** Lays a store out beside its place, so that there is either a whole one or none. */
  private static void make(Path file, Database.Watch watch) {
    Path fresh = StoreFiles.partial(file);
    try {
      StoreFiles.discard(fresh);
      try (Database database = Database.openForWriting(fresh, watch)) {
        StoreFormat.layOut(database);
        database.checkpoint();
      }
      StoreFiles.rename(fresh, file);
    } catch (IOException e) {
      throw new StoreException(
          "The store " + file + " cannot be made: " + StoreFiles.reason(e),
          "Choose a folder that this user may write with --home.",
          e);
    }
  }

  /** What customers wrote is nobody else's to read on a shared machine. */
  private static void keepToOwner(Path home) throws IOException {
    if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
