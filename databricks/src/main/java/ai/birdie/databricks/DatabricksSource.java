package ai.birdie.databricks;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.Recovery;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.http.Meter;
import ai.birdie.databricks.result.DecodedHash;
import ai.birdie.databricks.result.Downloading;
import ai.birdie.databricks.result.InlineReader;
import ai.birdie.databricks.result.StatementReader;
import ai.birdie.databricks.sql.Column;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.sql.Query;
import ai.birdie.databricks.statement.Statement;
import ai.birdie.databricks.statement.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/** Reads feeds through a SQL warehouse. */
final class DatabricksSource implements Source {

  /** The API takes no longer value of a tag. */
  private static final int LONGEST_TAG = 120;

  /** A statement's text is bounded, and so is what a warehouse likes to parse. */
  private static final int WINDOWS_AT_ONCE = 256;

  private final Statements statements;
  private final FeedShapes shapes;
  private final Downloading how;
  private final RunListener listener;
  private final BufferAllocator allocator;
  private final Meter meter;
  private final String run;
  private final RowSizes downloaded = RowSizes.downloaded();
  private final RowSizes inline = RowSizes.inline();
  private final List<StatementReader> open = new ArrayList<>();

  /** A source whose statements are tagged with {@code run}. */
  DatabricksSource(
      Statements statements,
      FeedShapes shapes,
      Downloading how,
      RunListener listener,
      BufferAllocator allocator,
      Meter meter,
      String run) {
    this.statements = statements;
    this.shapes = shapes;
    this.how = how;
    this.listener = listener;
    this.allocator = allocator;
    this.meter = meter;
    this.run = run;
  }

  @Override
  public Probe probe(Feed feed, Coverage covered) {
    return withShape(feed, shape -> probe(feed, covered, shape));
  }

  private Probe probe(Feed feed, Coverage covered, FeedShapes.Shape shape) {
    Ways.Asking asking =
        (query, purpose) -> {
          Statement.Request request =
              request(feed, query, Statement.Delivery.INLINE, purpose, "probe");
          return new ProbeAnswer(statements.attempt(request), request.purpose());
        };
    return new Ways(feed, shape.sql(), covered, asking).probe();
  }

  @Override
  public List<ControlTotal> totals(Feed feed, List<Window> windows) {
    return withShape(feed, shape -> totals(feed, windows, shape));
  }

  private List<ControlTotal> totals(Feed feed, List<Window> windows, FeedShapes.Shape shape) {
    List<ControlTotal> totals = new ArrayList<>();
    for (int from = 0; from < windows.size(); from = from + atOnce(windows, from)) {
      List<Window> some = windows.subList(from, from + atOnce(windows, from));
      ProbeAnswer answer = control(feed, shape.sql().totals(some));
      totals.addAll(answer.totals(some.size()));
    }
    return totals;
  }

  private static int atOnce(List<Window> windows, int from) {
    int few = 1;
    while (!FeedSql.ofVersions(windows.get(from))
        && few < WINDOWS_AT_ONCE
        && from + few < windows.size()
        && !FeedSql.ofVersions(windows.get(from + few))) {
      few++;
    }
    return few;
  }

  private ProbeAnswer control(Feed feed, Query query) {
    Statement.Request request = request(feed, query, Statement.Delivery.INLINE, "control");
    return new ProbeAnswer(statements.answer(request), request.purpose());
  }

  @Override
  public long rowsAtOnce(Feed feed) {
    return (how.storage().isOutOfReach() ? inline : downloaded).atOnce(feed);
  }

  @Override
  public BatchReader read(Feed feed, Window window) {
    return withShape(feed, shape -> read(feed, window, shape));
  }

  private BatchReader read(Feed feed, Window window, FeedShapes.Shape shape) {
    List<String> names = new ArrayList<>(shape.selected().names());
    names.add(BatchReader.CURSOR);
    names.add(BatchReader.ROW_HASH);
    if (window instanceof Window.Versions) {
      names.add(BatchReader.CHANGE);
    }
    return how.storage().isOutOfReach()
        ? inline(feed, window, shape, names)
        : external(feed, window, shape, names);
  }

  private BatchReader external(
      Feed feed, Window window, FeedShapes.Shape shape, List<String> names) {
    Query query = shape.sql().read(window, shape.selected());
    Statement.Request request = request(feed, query, Statement.Delivery.EXTERNAL, tag(window));
    Statement statement = statements.run(request);
    try {
      requireReadable(feed, statement);
      StatementReader reader =
          new StatementReader(allocator, statement, names, hash(shape), statements, how, listener);
      open.removeIf(StatementReader::isClosed);
      open.add(reader);
      return reader;
    } catch (RuntimeException e) {
      statements.close(statement.id());
      throw e;
    }
  }

  private static DecodedHash hash(FeedShapes.Shape shape) {
    return new DecodedHash(shape.sql().columns());
  }

  /** A result is kept for an hour [databricks-api.md, 1.4], within which it must be here. */
  private void requireReadable(Feed feed, Statement statement) {
    OptionalLong declared = statement.manifest().byteCount();
    if (declared.isEmpty()) {
      return; // counted as they come
    }
    long bytes = declared.getAsLong();
    downloaded.came(feed, statement.manifest().totalRowCount(), bytes);
    if (bytes > how.windowBytes()) {
      throw DatabricksErrors.tooLarge(statement.request().purpose(), bytes);
    }
  }

  private BatchReader inline(Feed feed, Window window, FeedShapes.Shape shape, List<String> names) {
    Query query = shape.sql().readAsText(window, shape.selected());
    Statement.Request request = request(feed, query, Statement.Delivery.INLINE, tag(window));
    Statement statement = small(feed, request);
    List<List<Optional<String>>> rows = rows(statement);
    inline.came(feed, rows);
    List<Column> columns = new ArrayList<>(shape.sql().columns());
    columns.add(new Column(BatchReader.CURSOR, "BIGINT"));
    columns.add(new Column(BatchReader.ROW_HASH, "BIGINT"));
    if (window instanceof Window.Versions) {
      columns.add(new Column(BatchReader.CHANGE, "INT"));
    }
    return new InlineReader(allocator, statement, rows, names, columns, hash(shape), listener);
  }

  private List<List<Optional<String>>> rows(Statement statement) {
    try {
      return statements.rows(statement);
    } finally {
      statements.close(statement.id());
    }
  }

  private Statement small(Feed feed, Statement.Request request) {
    try {
      return statements.run(request);
    } catch (SourceException e) {
      if (e.recovery() == Recovery.IN_PARTS) {
        inline.tooMany(feed);
      }
      throw e;
    }
  }

  /** A column that is gone may be a table that has changed since the run began. */
  private <T> T withShape(Feed feed, Function<FeedShapes.Shape, T> action) {
    FeedShapes.Shape shape = shapes.of(feed);
    try {
      return action.apply(shape);
    } catch (ConfigException e) {
      return action.apply(shapes.changed(feed).orElseThrow(() -> e));
    }
  }

  private Statement.Request request(
      Feed feed, Query query, Statement.Delivery delivery, String window) {
    return request(feed, query, delivery, "read " + feed.table(), window);
  }

  private Statement.Request request(
      Feed feed, Query query, Statement.Delivery delivery, String purpose, String window) {
    return new Statement.Request(
        query,
        delivery,
        purpose,
        Optional.of(feed.table()),
        Map.of("birdie_feed", feed.name(), "birdie_window", window, "birdie_run", run));
  }

  private static String tag(Window window) {
    String value = window.sort() + " " + window.describe();
    return value.length() > LONGEST_TAG ? value.substring(0, LONGEST_TAG) : value;
  }

  @Override
  public Traffic traffic() {
    return meter.traffic();
  }

  @Override
  public void close() {
    try {
      closeReaders();
    } finally {
      open.clear();
      statements.cancelOrphans();
    }
  }

  private void closeReaders() {
    Optional<RuntimeException> failure = Optional.empty();
    for (StatementReader reader : open) {
      try {
        reader.close();
      } catch (RuntimeException e) {
        failure.ifPresent(e::addSuppressed);
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
