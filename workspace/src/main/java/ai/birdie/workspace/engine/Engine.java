package ai.birdie.workspace.engine;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.CommitStore;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.catalog.Metastores;
import ai.birdie.workspace.catalog.RelationDetails;
import ai.birdie.workspace.catalog.WorkspaceCatalog;
import ai.birdie.workspace.catalog.WrittenRows;
import ai.birdie.workspace.clock.Pause;
import ai.birdie.workspace.dialect.Dialect;
import ai.birdie.workspace.dialect.OwnStatement;
import ai.birdie.workspace.session.PrincipalSession;
import ai.birdie.workspace.session.Sessions;
import ai.birdie.workspace.statement.Failure;
import ai.birdie.workspace.statement.Outcome;
import ai.birdie.workspace.statement.Parameter;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.statement.StatementRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CurrentUserContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.CompoundBody;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.CommandExecutionMode$;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.runtime.BoxedUnit;

/**
 * Spark SQL with Delta, in this process: runs the workspace's statements.
 *
 * <p>Thread-safe. There can be one in a process, and closing it stops Spark.
 */
public final class Engine implements StatementRunner, AutoCloseable {
  private static final String POOL = "spark.scheduler.pool";

  /** What a statement comes to that was cancelled before its turn. */
  private static final Outcome UNWANTED =
      new Outcome.Failed(
          new Failure("CANCELLED", "The statement was cancelled.", Optional.empty()));

  private final SparkSession root;
  private final Metastore metastore;
  private final String metastoreId;
  private final StatementTimes times;
  private final TimeLimits limits;
  private final StatementGate gate;
  private final Dialect dialect = new Dialect();
  private final Sessions sessions;
  private final ResultWriter results;

  private Engine(
      SparkSession root,
      Metastore metastore,
      String metastoreId,
      long chunkRows,
      StatementTimes times,
      TimeLimits limits,
      InstantSource clock) {
    this.root = root;
    this.metastore = metastore;
    this.metastoreId = metastoreId;
    this.times = times;
    this.limits = limits;
    this.gate = new StatementGate(metastore.access(), metastore.policies());
    this.results = new ResultWriter(chunkRows);
    this.sessions = new Sessions(this::session, clock, () -> UUID.randomUUID().toString());
  }

  /**
   * Starts Spark.
   *
   * @param metastore the names and grants that it works on
   * @param scratch a folder for what Spark spills and caches
   * @param chunkRows the most rows in a chunk behind a link
   * @param clock the current time of statements, by which they run too long and sessions are idle
   * @param pause between two looks at the clock
   */
  public static Engine start(
      Metastore metastore, Path scratch, long chunkRows, InstantSource clock, Pause pause) {
    String id = UUID.randomUUID().toString();
    Metastores.add(id, metastore);
    SparkSession.Builder builder = SparkSession.builder();
    SparkSettings.of(scratch).forEach(builder::config);
    builder.config("spark.hadoop." + CommitStore.OPTION, id);
    for (String catalog : Metastore.CATALOGS) {
      String key = "spark.sql.catalog." + catalog;
      builder.config(key, WorkspaceCatalog.class.getName());
      builder.config(key + "." + Metastores.OPTION, id);
    }
    StatementTimes times = new StatementTimes(clock);
    builder.withExtensions(CurrentTimeRule.extension(times));
    builder.withExtensions(extensions -> {
      new MembershipFunctions(metastore).addTo(extensions);
      return BoxedUnit.UNIT;
    });
    return new Engine(
        builder.getOrCreate(),
        metastore,
        id,
        chunkRows,
        times,
        new TimeLimits(clock, pause),
        clock);
  }

  /** The names and rights that it works on. */
  public Metastore metastore() {
    return metastore;
  }

  /** What there is to say of tables and views. */
  public RelationDetails relationDetails() {
    return new SparkRelationDetails(root);
  }

  /** A session of its own for a principal; closing it ends its rights. */
  public PrincipalSession session(Principal principal) {
    PrincipalSession session = new PrincipalSession(root.newSession(), principal, metastore);
    session.configure(catalogs());
    return session;
  }

  /** Where Spark finds each catalog. */
  private Map<String, String> catalogs() {
    Map<String, String> settings = new HashMap<>();
    for (String catalog : metastore.names().catalogs()) {
      String key = "spark.sql.catalog." + catalog;
      settings.put(key, WorkspaceCatalog.class.getName());
      settings.put(key + "." + Metastores.OPTION, metastoreId);
    }
    return settings;
  }

  /** The sessions of clients, in which statements run that name them. */
  public Sessions sessions() {
    return sessions;
  }

  /** A session for making tables of so many bytes. */
  public PrincipalSession loadingSession(Principal principal, long bytes) {
    PrincipalSession session = session(principal);
    session.configure(Effort.forBytes(bytes).settings());
    return session;
  }

  @Override
  public Outcome run(
      String id,
      Principal principal,
      StatementRequest request,
      Path folder,
      BooleanSupplier wanted) {
    root.sparkContext().setJobGroup(id, "statement " + id, true);
    root.sparkContext().setLocalProperty(POOL, principal.name());
    CurrentUserContext.CURRENT_USER().set(principal.name());
    try {
      return request.sessionId().isPresent()
          ? sessions
              .use(
                  principal,
                  request.sessionId().get(),
                  wanted,
                  session -> runLimited(id, session, request, folder))
              .orElse(UNWANTED)
          : runAlone(id, principal, request, folder);
    } catch (Exception e) { // of its session; Scala throws undeclared checked ones
      return new Outcome.Failed(SqlErrors.describe(e));
    } finally {
      CurrentUserContext.CURRENT_USER().remove();
      root.sparkContext().setLocalProperty(POOL, null);
      root.sparkContext().clearJobGroup();
    }
  }

  private Outcome runAlone(String id, Principal principal, StatementRequest request, Path folder) {
    try (PrincipalSession session = session(principal)) {
      request.catalog().ifPresent(session::useCatalog);
      request.schema().ifPresent(session::useSchema);
      return runLimited(id, session, request, folder);
    }
  }

  /** Runs a statement no longer than its session lets it; one that is held waits on purpose. */
  private Outcome runLimited(
      String id, PrincipalSession session, StatementRequest request, Path folder) {
    if (metastore.commits().holds(id)) {
      return run(session, request, folder);
    }
    Duration limit = session.statementTimeout();
    try (TimeLimits.Watch watch = limits.watch(limit, () -> stop(id))) {
      Outcome outcome = run(session, request, folder);
      return outcome instanceof Outcome.Failed && watch.isOver()
          ? new Outcome.Failed(SqlErrors.describe(SqlRefusal.timedOut(limit)))
          : outcome;
    }
  }

  private Outcome run(PrincipalSession session, StatementRequest request, Path folder) {
    String sessionId = session.spark().sessionUUID();
    times.begin(sessionId);
    SparkSession.setActiveSession(session.spark());
    session.configure(catalogs()); // also those that were made since it began
    try {
      String text = dialect.spelledOut(request.text());
      Optional<OwnStatement> own = dialect.parse(text);
      Dataset<Row> rows =
          own.isPresent() ? run(session, own.get()) : query(session, text, request.parameters());
      return results.write(rows, request, folder);
    } catch (Exception | StackOverflowError e) {
      // Whatever Spark throws is the statement's failure; Scala throws undeclared checked ones too.
      return new Outcome.Failed(SqlErrors.describe(e));
    } finally {
      times.end(sessionId);
      SparkSession.clearActiveSession();
    }
  }

  private Dataset<Row> run(PrincipalSession session, OwnStatement statement) {
    statement.kept(session).ifPresent(kept -> check(session, kept));
    return statement.run(session);
  }

  private void check(PrincipalSession session, LogicalPlan kept) {
    if (!session.principal().isAdmin()) {
      gate.checkParsed(kept);
    }
    gate.checkAnalyzed(session.principal(), analyzed(session.spark(), kept));
  }

  @Override
  public void cancel(String id) {
    stop(id);
    sessions.askWaiting();
  }

  private void stop(String id) {
    root.sparkContext().cancelJobGroupAndFutureJobs(id);
  }

  @Override
  public void close() {
    sessions.close();
    root.stop();
    Metastores.remove(metastoreId);
  }

  /** The statement's rows. What is run is the very plan that was looked at. */
  private Dataset<Row> query(PrincipalSession session, String text, List<Parameter> parameters)
      throws ParseException {
    SparkSession spark = session.spark();
    Principal principal = session.principal();
    LogicalPlan parsed = spark.sessionState().sqlParser().parsePlan(text);
    if (principal.isAdmin()) {
      session.configure(Effort.forText(spark, text).settings());
    } else {
      gate.checkParsed(parsed);
      // Delta names a new table by its folder; nobody else is to name files.
      session.configure(
          Map.of("spark.sql.runSQLOnFiles", Boolean.toString(Commands.makesTable(parsed))));
    }
    if (parsed instanceof CompoundBody) {
      return spark.sql(text); // a script, which only Spark itself can take apart
    }
    String zone = spark.conf().get("spark.sql.session.timeZone");
    LogicalPlan analyzed = analyzed(spark, Arguments.bind(parsed, parameters, zone));
    gate.checkAnalyzed(principal, analyzed);
    if (analyzed instanceof ExplainCommand explain && !principal.isAdmin()) {
      gate.checkAnalyzed(principal, analyzed(spark, explain.logicalPlan()));
    }
    Dataset<Row> query =
        InsertAnswer.isFor(analyzed) ? insert(spark, analyzed) : rows(spark, analyzed);
    session.configure(Effort.forQuery(query).settings());
    return query;
  }

  /** Spark runs a command as soon as its rows are asked for. */
  private Dataset<Row> insert(SparkSession spark, LogicalPlan analyzed) {
    try (WrittenRows written = metastore.commits().count()) {
      Dataset<Row> nothing = rows(spark, analyzed);
      return InsertAnswer.of(written.rows(), nothing);
    }
  }

  private static Dataset<Row> rows(SparkSession spark, LogicalPlan analyzed) {
    return Dataset$.MODULE$.ofRows(spark, analyzed);
  }

  private static LogicalPlan analyzed(SparkSession spark, LogicalPlan plan) {
    return spark.sessionState().executePlan(plan, CommandExecutionMode$.MODULE$.SKIP()).analyzed();
  }
}
