package ai.birdie.bench.micro;

import ai.birdie.bench.recording.Columns;
import ai.birdie.bench.recording.GeneratedRows;
import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import ai.birdie.duckdb.DuckStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A window of 200,000 rows, from its rows to its receipt: of new rows, and of rows of which the
 * store holds every one already. The rows are made as they are landed, which is in the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-native-access=ALL-UNNAMED",
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
public class StoreBenchmark {

  private static final int ROWS = 200_000;
  private static final Instant CLOCK = Instant.parse("2026-01-01T00:00:00Z");

  private static final Feed FEED =
      new Feed(
          "feedback",
          "bench",
          new TableName(Optional.of("main"), "bench", "feedback"),
          RecordKinds.NPS,
          List.of("feedback_id"),
          new Cursor("updated_at", Optional.empty(), Optional.empty()),
          Optional.empty(),
          Optional.empty(),
          Feed.DEFAULT_LAG,
          Feed.DEFAULT_SETTLE,
          Feed.DEFAULT_WINDOW_ROWS);

  /** A store that holds the first rows. */
  @State(Scope.Thread)
  public static class Filled {

    private final BufferAllocator allocator = new RootAllocator();
    private Path home = Path.of("");
    private Optional<DuckStore> store = Optional.empty();

    /** Fills a new store. */
    @Setup(Level.Iteration)
    public void fill() throws IOException {
      home = Files.createTempDirectory("birdie-bench-");
      store =
          Optional.of(
              DuckStore.open(home, allocator, InstantSource.fixed(CLOCK), RunListener.NONE));
      land(0);
    }

    /** Lands so many rows, from that one on. */
    Receipt land(long from) {
      Window window =
          new Window.Range(
              new Horizon(CLOCK, CursorScale.TIMESTAMP), new Interval(from, from + ROWS));
      try (BatchReader rows = new GeneratedRows(allocator, Columns.FEED, from, from + ROWS);
          Landing landing = store.orElseThrow().begin(FEED, window)) {
        ControlTotal asked = new ControlTotal("generated", landing.land(rows));
        return landing.commit(rows.proof(), new Control(asked, Control.Standing.PROVED));
      }
    }

    /** Deletes the store. */
    @TearDown(Level.Iteration)
    public void empty() throws IOException {
      store.orElseThrow().close();
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** All rows are new. */
  @Benchmark
  public Receipt landing(Filled store) {
    return store.land(ROWS);
  }

  /** All rows are there already. */
  @Benchmark
  public Receipt merge(Filled store) {
    return store.land(0);
  }
}
