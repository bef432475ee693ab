package ai.birdie.workspace.engine;

import ai.birdie.workspace.engine.PartitionWriter.Most;
import ai.birdie.workspace.statement.Failure;
import ai.birdie.workspace.statement.Outcome;
import ai.birdie.workspace.statement.Result;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.statement.StatementRequest.Delivery;
import ai.birdie.workspace.statement.StatementRequest.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs a query, and leaves its result where and as the request wants it. Thread-safe. */
final class ResultWriter {
  private static final int BATCH_ROWS = 10_000;
  private static final long CHUNK_BYTES = 20L * 1024 * 1024;

  /** Databricks': a larger result behind links is cut. */
  private static final long MOST_BYTES = 100L * 1024 * 1024 * 1024;

  /** A batch is not cut; with fewer bytes than this for each row asked for, it is made smaller. */
  private static final long ROW_BYTES = 256;

  private static final long MOST_INLINE_BYTES = 25L * 1024 * 1024;

  /** What one answer holds of a result inline: users report some 32 thousand rows. */
  private static final Most INLINE_CHUNK = new Most(32_768, MOST_INLINE_BYTES);

  private static final Failure TOO_LARGE =
      new Failure(
          "BAD_REQUEST",
          "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a"
              + " result size of at most "
              + MOST_INLINE_BYTES
              + " bytes. Please execute the statement with disposition=EXTERNAL_LINKS if you"
              + " want to download the full result.",
          Optional.empty());

  private final long chunkRows;

  /**
   * @param chunkRows the most rows of a chunk behind a link
   */
  ResultWriter(long chunkRows) {
    this.chunkRows = chunkRows;
  }

  Outcome write(Dataset<Row> query, StatementRequest request, Path folder) throws IOException {
    Most ofAll = most(request.limits());
    return switch (request.delivery()) {
      case Delivery.Inline inline -> inline(query, inline, folder, ofAll);
      case Delivery.ArrowLinks links -> {
        Dataset<Row> rows = WireValues.forArrow(query);
        String zone = rows.sparkSession().conf().get("spark.sql.session.timeZone");
        ArrowFormat format =
            new ArrowFormat(rows.schema(), zone, batchRows(ofAll), links.compression());
        yield succeeded(query, ChunkFiles.write(rows, folder, format, ofAFile(), ofAll), links);
      }
      case Delivery.JsonLinks links -> {
        JsonFormat format = new JsonFormat(query.schema().length());
        Dataset<Row> rows = WireValues.texts(query);
        yield succeeded(query, ChunkFiles.write(rows, folder, format, ofAFile(), ofAll), links);
      }
      case Delivery.CsvLinks links -> {
        CsvFormat format = new CsvFormat(query.schema().length());
        Dataset<Row> rows = WireValues.texts(query);
        byte[] header = CsvFormat.header(List.of(query.schema().fieldNames()));
        yield succeeded(
            query,
            ChunkFiles.write(rows, folder, format, ofAFile(), ofAll).withPrefix(header),
            links);
      }
    };
  }

  private static Outcome inline(Dataset<Row> query, Delivery inline, Path folder, Most ofAll)
      throws IOException {
    Most held = new Most(ofAll.rows(), Math.min(ofAll.bytes(), MOST_INLINE_BYTES));
    JsonFormat format = new JsonFormat(query.schema().length());
    ChunkFiles written =
        ChunkFiles.writeInTurn(WireValues.texts(query), folder, format, INLINE_CHUNK, held);
    boolean asAsked = ofAll.bytes() <= held.bytes() || written.rowCount() == ofAll.rows();
    return written.cut() && !asAsked
        ? new Outcome.Failed(TOO_LARGE)
        : succeeded(query, written, inline);
  }

  private static Outcome succeeded(Dataset<Row> query, ChunkFiles written, Delivery delivery) {
    return new Outcome.Succeeded(
        new Result(
            ColumnTypes.columns(query.schema()),
            written.chunks(),
            written.files(),
            written.cut(),
            delivery));
  }

  private Most ofAFile() {
    return new Most(chunkRows, CHUNK_BYTES);
  }

  private int batchRows(Most ofAll) {
    long most = Math.min(Math.min(BATCH_ROWS, chunkRows), ofAll.bytes() / ROW_BYTES);
    return (int) Math.max(1, most);
  }

  private static Most most(Limits limits) {
    return new Most(limits.rows().orElse(Long.MAX_VALUE), limits.bytes().orElse(MOST_BYTES));
  }
}
