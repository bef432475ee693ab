package ai.birdie.workspace;

import ai.birdie.workspace.access.Credentials;
import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Principals;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.Tokens;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.clock.WorkspaceClock;
import ai.birdie.workspace.engine.Engine;
import ai.birdie.workspace.fault.Faults;
import ai.birdie.workspace.rest.Controls;
import ai.birdie.workspace.rest.Server;
import ai.birdie.workspace.rest.Services;
import ai.birdie.workspace.sample.FileTables;
import ai.birdie.workspace.sample.SampleTables;
import ai.birdie.workspace.session.PrincipalSession;
import ai.birdie.workspace.statement.StatementIds;
import ai.birdie.workspace.statement.Statements;
import ai.birdie.workspace.statement.Warehouse;
import ai.birdie.workspace.storage.FolderTree;
import ai.birdie.workspace.storage.Folders;
import ai.birdie.workspace.transaction.HeldTransactions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * A running workspace: the one place where its parts are put together.
 *
 * <p>Closing it stops the server and Spark, and removes what was temporary. Thread-safe.
 */
public final class Workspace implements AutoCloseable {
  static final String CATALOG = "main";
  static final String SCHEMA = "feedback";

  /** One row of each kind, roughly. */
  private static final long SAMPLE_ROW_BYTES = 1024;

  /** Of what waits at the clock. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private static final Duration PATIENCE_WITH_TRANSACTIONS = Duration.ofSeconds(5);

  private final Folders folders;
  private final Credentials credentials;
  private final Engine engine;
  private final Statements statements;
  private final HeldTransactions transactions;
  private final Server server;

  private Workspace(
      Folders folders,
      Credentials credentials,
      Engine engine,
      Statements statements,
      HeldTransactions transactions,
      Server server) {
    this.folders = folders;
    this.credentials = credentials;
    this.engine = engine;
    this.statements = statements;
    this.transactions = transactions;
    this.server = server;
  }

  /** Starts everything; what is returned answers requests. What fails leaves nothing behind. */
  static Workspace start(Options options, WorkspaceClock clock) throws IOException {
    Folders folders = Folders.create(options.state());
    try {
      SecureRandom random = new SecureRandom();
      Credentials credentials = folders.credentials(() -> Credentials.random(random));
      Metastore metastore = Metastore.open(folders.state(), credentials, clock, random);
      Engine engine =
          Engine.start(
              metastore,
              folders.temporary("spark"),
              options.chunkRows(),
              clock,
              Workspace::untilNextLook);
      try {
        if (!metastore.hasSchema(CATALOG, SCHEMA)) {
          fill(options, engine, clock);
          grantSample(metastore, List.of(credentials.clientId(), Principals.READER));
        }
        return serve(options, folders, engine, credentials, clock, random);
      } catch (IOException | RuntimeException e) {
        engine.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      folders.close();
      throw e;
    }
  }

  private static Workspace serve(
      Options options,
      Folders folders,
      Engine engine,
      Credentials credentials,
      WorkspaceClock clock,
      SecureRandom random)
      throws IOException {
    Warehouse warehouse =
        new Warehouse(
            credentials.warehouseId(), options.warehouse(), clock, Workspace::untilNextLook);
    Statements statements =
        new Statements(
            engine, folders.temporary("results"), warehouse, clock, new StatementIds(random));
    HeldTransactions transactions =
        new HeldTransactions(
            engine,
            engine.metastore().commits(),
            folders.temporary("transactions"),
            clock,
            () -> UUID.randomUUID().toString(),
            PATIENCE_WITH_TRANSACTIONS);
    byte[] signingKey = new byte[32];
    random.nextBytes(signingKey);
    Tokens tokens =
        new Tokens(engine.metastore().principals(), options.tokenLifetime(), clock, random);
    Services services =
        new Services(
            credentials,
            tokens,
            warehouse,
            statements,
            engine.sessions(),
            engine.metastore(),
            engine.relationDetails(),
            clock,
            new Controls(clock, new Faults(), Thread::sleep, transactions));
    Server server = Server.start(options.port(), services, signingKey);
    return new Workspace(folders, credentials, engine, statements, transactions, server);
  }

  /** Where it answers, such as {@code http://127.0.0.1:4711}. */
  public String host() {
    return server.host();
  }

  /** What it is reached with. */
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public void close() {
    server.close();
    statements.close();
    transactions.close();
    engine.close();
    folders.close();
  }

  private static void untilNextLook() throws InterruptedException {
    Thread.sleep(BETWEEN_LOOKS);
  }

  private static void fill(Options options, Engine engine, InstantSource clock) throws IOException {
    Principal owner = engine.metastore().principals().named(Principals.ADMIN).orElseThrow();
    long bytes =
        options.data().isPresent()
            ? FolderTree.bytes(options.data().get())
            : (long) options.rows() * SAMPLE_ROW_BYTES;
    try (PrincipalSession session = engine.loadingSession(owner, bytes)) {
      session.spark().sql("CREATE SCHEMA " + CATALOG + "." + SCHEMA);
      if (options.data().isPresent()) {
        new FileTables(session.spark(), CATALOG, SCHEMA).load(options.data().get());
      } else {
        new SampleTables(session.spark(), CATALOG, SCHEMA, options.seed(), clock.instant())
            .create(options.rows());
      }
    }
  }

  /**
   * The least that reading takes, table by table: what is made later is granted by who makes it.
   */
  private static void grantSample(Metastore metastore, List<String> principals) {
    Grants grants = metastore.grants();
    for (String principal : principals) {
      grants.grant(principal, Privilege.USE_CATALOG, Securable.catalog(CATALOG));
      grants.grant(principal, Privilege.USE_SCHEMA, Securable.schema(CATALOG, SCHEMA));
      for (String table : metastore.names().relations(CATALOG, SCHEMA).keySet()) {
        grants.grant(principal, Privilege.SELECT, Securable.table(CATALOG, SCHEMA, table));
      }
    }
  }
}
