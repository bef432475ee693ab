package ai.birdie.bench.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A source whose reader seems to be so many times slower at taking what it is given. */
final class SlowlyReadSource implements Source {

  private final Source source;
  private final BufferAllocator allocator;
  private final int times;

  SlowlyReadSource(Source source, BufferAllocator allocator, int times) {
    this.source = source;
    this.allocator = allocator;
    this.times = times;
  }

  @Override
  public Probe probe(Feed feed, Coverage covered) {
    return source.probe(feed, covered);
  }

  @Override
  public List<ControlTotal> totals(Feed feed, List<Window> windows) {
    return source.totals(feed, windows);
  }

  @Override
  public BatchReader read(Feed feed, Window window) {
    return new SlowlyRead(allocator, source.read(feed, window), times);
  }

  @Override
  public Traffic traffic() {
    return source.traffic();
  }

  @Override
  public void close() {
    source.close();
  }

  private static final class SlowlyRead extends BatchReader {

    private final BatchReader batches;
    private final int times;
    private long given = System.nanoTime();

    SlowlyRead(BufferAllocator allocator, BatchReader batches, int times) {
      super(allocator);
      this.batches = batches;
      this.times = times;
    }

    /** What the caller took over the batch before, it takes again and again. */
    @Override
    public boolean loadNextBatch() throws IOException {
      long until = System.nanoTime() + (times - 1) * (System.nanoTime() - given);
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      boolean more = batches.loadNextBatch();
      given = System.nanoTime();
      return more;
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
      return batches.getVectorSchemaRoot();
    }

    @Override
    public Proof proof() {
      return batches.proof();
    }

    @Override
    public long bytesRead() {
      return batches.bytesRead();
    }

    @Override
    protected Schema readSchema() throws IOException {
      return batches.getVectorSchemaRoot().getSchema();
    }

    @Override
    protected void closeReadSource() {
      batches.close();
    }
  }
}
