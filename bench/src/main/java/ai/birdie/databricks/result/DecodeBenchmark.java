package ai.birdie.databricks.result;

import ai.birdie.bench.recording.Columns;
import ai.birdie.bench.recording.Recording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
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

/** One chunk of 45,056 rows, from the bytes that were downloaded to the batches that are landed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-native-access=ALL-UNNAMED",
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
public class DecodeBenchmark {

  private static final long LIMIT = 1L << 30;

  private final BufferAllocator allocator = new RootAllocator();
  private byte[] chunk = {};

  /** Writes the chunk, and reads it into memory. */
  @Setup
  public void record() throws IOException {
    Path folder = Files.createTempDirectory("birdie-bench-");
    Recording recording = new Recording(folder, Recording.CHUNK_ROWS);
    recording.writeChunks(Columns.FEED);
    Path file = recording.file(Columns.FEED, recording.chunks().getFirst());
    chunk = Files.readAllBytes(file);
    Files.delete(file);
    Files.delete(file.getParent());
    Files.delete(folder);
  }

  /** Decompresses and takes apart. */
  @Benchmark
  public long decode() throws IOException {
    long rows = 0;
    try (ArrowStream stream =
        new ArrowStream(
            Decompression.of(new ByteArrayInputStream(chunk), LIMIT), allocator, LIMIT, "decode")) {
      stream.schema();
      Optional<ArrowRecordBatch> batch = stream.next();
      while (batch.isPresent()) {
        rows += batch.get().getLength();
        batch.get().close();
        batch = stream.next();
      }
    }
    return rows;
  }

  @TearDown(Level.Trial)
  public void close() {
    allocator.close();
  }
}
