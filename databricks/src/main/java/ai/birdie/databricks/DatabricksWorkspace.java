package ai.birdie.databricks;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.window.Probe;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.fitness.CursorFitness;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Authorization;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.LinkClient;
import ai.birdie.databricks.http.LinkHosts;
import ai.birdie.databricks.http.Meter;
import ai.birdie.databricks.http.Pauses;
import ai.birdie.databricks.http.Transport;
import ai.birdie.databricks.http.WorkspaceClient;
import ai.birdie.databricks.permission.Permissions;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.result.DownloadTest;
import ai.birdie.databricks.result.Downloading;
import ai.birdie.databricks.result.Segments;
import ai.birdie.databricks.result.Storage;
import ai.birdie.databricks.sample.TableSample;
import ai.birdie.databricks.sql.Column;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.sql.Parameter;
import ai.birdie.databricks.sql.Query;
import ai.birdie.databricks.sql.SampleSql;
import ai.birdie.databricks.statement.Counts;
import ai.birdie.databricks.statement.Statement;
import ai.birdie.databricks.statement.Statements;
import ai.birdie.databricks.statement.WarehouseListener;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A customer's workspace, as far as Birdie needs it. Opening it sends nothing. It belongs to one
 * run, whose repeated requests share one budget of time, and to one thread. Whoever opened it
 * closes it, after the sources that it gave out.
 *
 * <p>Every method that asks the workspace throws {@code AccessException} where it refuses, {@code
 * ConfigException} where the connection names what is not there, {@code SourceException} where it
 * cannot be reached or fails, and {@code IncompleteException} where an answer is not whole.
 */
public final class DatabricksWorkspace implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final Authorization authorization;
  private final WorkspaceClient client;
  private final Statements statements;
  private final Downloading downloading;
  private final Storage storage;
  private final Meter meter = new Meter();
  private final AtomicInteger submissions = new AtomicInteger();
  private final String run;
  private final DatabricksErrors errors;
  private final Pauses pauses;
  private final Surroundings surroundings;
  private final RunListener listener;
  private final WorkspaceConnection connection;
  private final AtomicReference<Optional<Identity>> identity =
      new AtomicReference<>(Optional.empty());

  private DatabricksWorkspace(
      WorkspaceConnection connection, Surroundings surroundings, RunListener listener) {
    Limits limits = surroundings.limits();
    this.connection = connection;
    this.surroundings = surroundings;
    this.listener = listener;
    this.run = HexFormat.of().toHexDigits(surroundings.random().nextLong());
    this.errors =
        new DatabricksErrors(connection.host().name(), connection.warehouseId(), this::grantee);
    this.pauses =
        new Pauses(
            surroundings.clock(),
            surroundings.nanoTime(),
            surroundings.delay(),
            surroundings.random(),
            limits.retrying());
    ObjectMapper json =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    Transport transport = new Transport(connection.host().uri(), connection.host().network());
    this.authorization = authorization(transport, json);
    this.client =
        new WorkspaceClient(
            transport, limits.request(), authorization, pauses, errors, json, meter);
    this.storage = new Storage(listener);
    this.statements =
        new Statements(
            client,
            pauses,
            errors,
            json,
            limits.statement(),
            whatTheWarehouseSays(),
            () -> run + "-" + submissions.incrementAndGet(),
            meter);
    this.downloading = downloading(limits);
  }

  /** A workspace that is asked nothing yet. */
  public static DatabricksWorkspace open(
      WorkspaceConnection connection, Surroundings surroundings, RunListener listener) {
    return new DatabricksWorkspace(connection, surroundings, listener);
  }

  private Authorization authorization(Transport transport, ObjectMapper json) {
    Credentials credentials = connection.credentials();
    if (credentials instanceof Credentials.PersonalAccessToken personal) {
      return AccessTokens.personal(personal);
    }
    Credentials.OAuth oauth = (Credentials.OAuth) credentials;
    WorkspaceClient bare =
        new WorkspaceClient(
            transport,
            surroundings.limits().request(),
            AccessTokens.NONE,
            pauses,
            errors,
            json,
            meter);
    return new AccessTokens(
        connection.host().uri(), oauth, bare::askWith, surroundings.clock(), errors, meter);
  }

  private WarehouseListener whatTheWarehouseSays() {
    AtomicBoolean told = new AtomicBoolean();
    return new WarehouseListener() {
      @Override
      public void waits() {
        if (told.compareAndSet(false, true)) {
          listener.warning(
              "The SQL warehouse "
                  + connection.warehouseId()
                  + " is starting or busy; this can take some minutes.");
        }
      }

      @Override
      public void givesNoLinks(BirdieException e) {
        storage.closed(e);
      }
    };
  }

  private Downloading downloading(Limits limits) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            limits.parallelDownloads(),
            task -> {
              Thread thread = new Thread(task, "birdie-download-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    return new Downloading(
        new LinkClient(linkHosts(connection.host()), limits.download()),
        storage,
        threads,
        new Segments(limits.bytesInFlight()),
        pauses,
        meter,
        limits.download(),
        limits.parallelDownloads(),
        limits.bytesInFlight(),
        limits.chunkBytes(),
        limits.batchBytes(),
        limits.windowBytes());
  }

  private static LinkHosts linkHosts(WorkspaceHost host) {
    return host.isLocal() ? LinkHosts.LOOPBACK : LinkHosts.clouds(host.allowed());
  }

  /** Gets a token where the credential is exchanged for one; a token of its own is not checked. */
  public void authenticate() {
    authorization.header();
  }

  /** Asks for the workspace's root folder, which whoever may enter may see; gives its type. */
  public String root() {
    String purpose = "enter the workspace";
    Call call = Call.get("/api/2.0/workspace/get-status?path=%2F", purpose);
    JsonNode root = client.read(client.ask(call), JsonNode.class, purpose);
    String type = root.path("object_type").asText("");
    if (type.isEmpty()) {
      throw errors.notJson(purpose);
    }
    return type;
  }

  /**
   * Whose the credential is. Once it is known, messages name it wherever they say to whom something
   * is to be granted.
   */
  public Identity identity() {
    Identity found = permissions().identity();
    identity.set(Optional.of(found));
    return found;
  }

  /** As {@link #identity}, asked by SQL, which tells no groups but needs no right to ask. */
  public Identity currentUser() {
    String purpose = "find out whose the credential is";
    String name =
        ask(new Query("SELECT current_user()", List.of()), purpose).stream()
            .flatMap(List::stream)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> errors.unexpected(purpose, "no name of a user"));
    Identity found = new Identity(name, List.of());
    identity.set(Optional.of(found));
    return found;
  }

  private String grantee() {
    return identity.get().map(Identity::name).orElseGet(connection.credentials()::grantee);
  }

  /** A reader of who may do what. */
  public Permissions permissions() {
    return new Permissions(client, errors);
  }

  /** The connection's SQL warehouse, as it is now. */
  public Warehouse warehouse() {
    String purpose = "look up the SQL warehouse " + connection.warehouseId();
    Answer answer =
        client.find(Call.get(warehousePath(), purpose)).orElseThrow(errors::noWarehouse);
    JsonNode found = client.read(answer, JsonNode.class, purpose);
    Warehouse warehouse =
        new Warehouse(
            connection.warehouseId(),
            found.path("name").asText(""),
            found.path("state").asText(""));
    if (warehouse.state().isEmpty()) {
      throw errors.unexpected(purpose, "no state of the warehouse");
    }
    return warehouse;
  }

  /** Starts the connection's warehouse if it does not run, and waits until it does. */
  public Warehouse startWarehouse() {
    long deadline = pauses.deadline(surroundings.limits().warehouseStart());
    boolean asked = false;
    Warehouse warehouse = warehouse();
    while (!warehouse.isRunning()) {
      boolean stopped = warehouse.state().equals("STOPPED");
      boolean coming = stopped || warehouse.state().matches("STARTING|STOPPING");
      if (!coming || pauses.passed(deadline)) {
        throw errors.warehouseNotRunning(warehouse.state());
      }
      if (stopped && !asked) {
        String purpose = "start the SQL warehouse " + connection.warehouseId();
        Call start = Call.post(warehousePath() + "/start", "{}", Call.Repeat.FREELY, purpose);
        if (client.find(start).isEmpty()) {
          throw errors.noWarehouse();
        }
        asked = true;
      }
      pauses.about(BETWEEN_LOOKS);
      warehouse = warehouse();
    }
    return warehouse;
  }

  private String warehousePath() {
    return "/api/2.0/sql/warehouses/" + connection.warehouseId();
  }

  /** Runs {@code SELECT 1}, for which the warehouse starts if it does not run. */
  public void selectOne() {
    String purpose = "run a statement on the SQL warehouse " + connection.warehouseId();
    if (!ask(new Query("SELECT 1 AS one", List.of()), purpose)
        .equals(List.of(List.of(Optional.of("1"))))) {
      throw errors.unexpected(purpose, "something else than the 1 that was selected");
    }
  }

  /** The columns of a table or view, which must be readable. */
  public List<Column> columns(TableName table) {
    Statement.Request request =
        new Statement.Request(
            new Query(FeedSql.describe(table), List.of()),
            Statement.Delivery.INLINE,
            "read " + table,
            Optional.of(table),
            Map.of("birdie_window", "describe"));
    return statements.run(request).manifest().columns();
  }

  /**
   * Downloads a small result from the workspace's storage, because a network that reaches the
   * workspace need not reach that.
   */
  public DownloadTest downloadTest() {
    Statement statement =
        statements.run(
            new Statement.Request(
                new Query("SELECT id FROM range(1000)", List.of()),
                Statement.Delivery.EXTERNAL,
                "download a result",
                Optional.empty(),
                Map.of()));
    try {
      return DownloadTest.of(statement, statements, downloading);
    } finally {
      statements.close(statement.id());
    }
  }

  /**
   * The rows of a small query, each value as the text that the API gives for it.
   *
   * @param sql one statement that reads
   */
  public List<List<Optional<String>>> query(String sql, List<Parameter> parameters) {
    return ask(new Query(sql, parameters), "run a query");
  }

  private List<List<Optional<String>>> ask(Query query, String purpose) {
    Statement.Request request =
        new Statement.Request(
            query, Statement.Delivery.INLINE, purpose, Optional.empty(), Map.of());
    return statements.answer(request).rows();
  }

  /**
   * How many rows of a table are of each kind, by the text in {@code column}, the most frequent
   * first; rows without one are of no kind.
   */
  public Map<Optional<String>, Long> kinds(TableName table, String column) {
    String purpose = "count the kinds in " + table;
    Map<Optional<String>, Long> kinds = new LinkedHashMap<>();
    for (List<Optional<String>> row : ask(FeedSql.kinds(table, column), purpose)) {
      kinds.put(row.get(0), new Counts(row, purpose).number(1));
    }
    return kinds;
  }

  /**
   * A judge of a feed's cursor and key.
   *
   * @param columns its table's
   * @param probe what the source said of the whole feed
   */
  public CursorFitness fitness(Feed feed, List<Column> columns, Probe probe) {
    FeedShapes shapes = new FeedShapes(table -> columns, RunListener.NONE);
    return new CursorFitness(statements, feed, shapes.of(feed).sql(), probe);
  }

  /**
   * What a feed's columns hold, by a bounded look at its rows.
   *
   * @param columns its table's
   */
  public TableSample sample(Feed feed, List<Column> columns) {
    FeedShapes shapes = new FeedShapes(table -> columns, RunListener.NONE);
    SampleSql sql = new SampleSql(shapes.of(feed).sql());
    String purpose = "look at " + feed.table();
    List<List<Optional<String>>> counts = ask(feed, sql.counts(), purpose);
    if (counts.size() != 1) {
      throw errors.unexpected(purpose, "not one line of counts");
    }
    return TableSample.of(columns, counts.get(0), ask(feed, sql.rowsOfSample(), purpose), purpose);
  }

  private List<List<Optional<String>>> ask(Feed feed, Query query, String purpose) {
    Map<String, String> tags =
        Map.of("birdie_feed", feed.name(), "birdie_window", "sample", "birdie_run", run);
    return statements
        .answer(
            new Statement.Request(
                query, Statement.Delivery.INLINE, purpose, Optional.of(feed.table()), tags))
        .rows();
  }

  /** A source for one run. The allocator holds the batches; the caller closes both. */
  public Source source(BufferAllocator allocator) {
    return new DatabricksSource(
        statements,
        new FeedShapes(this::columns, listener),
        downloading,
        listener,
        allocator,
        meter,
        run);
  }

  @Override
  public void close() {
    downloading.threads().shutdownNow();
  }
}
