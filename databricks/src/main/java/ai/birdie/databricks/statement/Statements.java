package ai.birdie.databricks.statement;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.Recovery;
import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.error.Failure;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.Meter;
import ai.birdie.databricks.http.Pauses;
import ai.birdie.databricks.http.WorkspaceClient;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on one warehouse: the only gateway through which SQL leaves. Safe for use by many
 * threads.
 */
public final class Statements {

  static final String PATH = "/api/2.0/sql/statements";

  private static final Pattern READING = Pattern.compile("(SELECT|DESCRIBE|SHOW)\\s");

  private static final Duration FIRST_POLL = Duration.ofMillis(250);
  private static final Duration SLOWEST_POLL = Duration.ofSeconds(5);

  /** A link is replaced this long before it expires, as the vendor's drivers do. */
  private static final Duration LINK_MARGIN = Duration.ofSeconds(60);

  private final WorkspaceClient workspace;
  private final Pauses pauses;
  private final DatabricksErrors errors;
  private final Duration limit;
  private final WarehouseListener listener;
  private final Meter meter;
  private final Submissions submissions;

  /**
   * Runs statements through {@code workspace}.
   *
   * @param limit how long a statement may take, the warehouse's start included
   * @param names gives a name that nobody else has to each submission
   */
  public Statements(
      WorkspaceClient workspace,
      Pauses pauses,
      DatabricksErrors errors,
      ObjectMapper json,
      Duration limit,
      WarehouseListener listener,
      Supplier<String> names,
      Meter meter) {
    this.workspace = workspace;
    this.pauses = pauses;
    this.errors = errors;
    this.limit = limit;
    this.listener = listener;
    this.meter = meter;
    this.submissions =
        new Submissions(workspace, errors, json, listener, names, meter, this::cancel);
  }

  /**
   * Runs a statement until it has succeeded. One that has not is cancelled.
   *
   * @throws BirdieException if it is refused, fails, takes too long, or gives less than a whole
   *     result
   */
  public Statement run(Statement.Request request) {
    try {
      return ended(request);
    } catch (RefusedStatement e) {
      throw e.why();
    }
  }

  private Statement ended(Statement.Request request) throws RefusedStatement {
    if (!READING.matcher(request.query().sql()).lookingAt()) {
      throw new IllegalArgumentException("Only statements that read are sent");
    }
    long deadline = pauses.deadline(limit);
    Submissions.Begun begun = submissions.submit(request);
    String id = begun.id();
    Answer answer = begun.answer();
    Wire.StatementResponse response = begun.response();
    try {
      Duration pause = FIRST_POLL;
      boolean told = false;
      while (waits(response, request)) {
        if (!told && "PENDING".equals(state(response))) {
          listener.waits();
          told = true;
        }
        if (pauses.passed(deadline)) {
          throw errors.statementTooSlow(request.purpose());
        }
        pauses.about(pause);
        pause = slower(pause);
        answer = poll(id, request);
        response = response(answer, request);
        requireSame(id, response, request);
      }
      return succeeded(id, request, answer, response);
    } catch (RefusedStatement | RuntimeException | Error e) {
      end(id, state(response));
      throw e;
    }
  }

  /**
   * The values of a small query whose delivery is {@code INLINE}. Where its result is lost, it is
   * run once more.
   *
   * @throws BirdieException as {@link #run} and {@link #rows} do
   */
  public InlineAnswer answer(Statement.Request request) {
    try {
      return attempt(request);
    } catch (RefusedStatement e) {
      throw e.why();
    }
  }

  /**
   * As {@link #answer}, of a statement that can be done without.
   *
   * @throws RefusedStatement if the warehouse ends it, says why, and would again
   */
  public InlineAnswer attempt(Statement.Request request) throws RefusedStatement {
    try {
      return answered(request);
    } catch (SourceException e) {
      if (e.recovery() != Recovery.ANEW) {
        throw e;
      }
      meter.retry();
      return answered(request);
    }
  }

  private InlineAnswer answered(Statement.Request request) throws RefusedStatement {
    Statement statement = ended(request);
    return new InlineAnswer(statement.id(), rows(statement));
  }

  /**
   * Fresh links to a chunk and, as it happens, to some that follow it.
   *
   * @throws SourceException if the result is no longer there
   */
  public List<ExternalLink> links(Statement statement, int chunk) {
    String purpose = statement.request().purpose();
    Answer answer = chunk(statement, chunk);
    return links(workspace.read(answer, Wire.ResultPart.class, purpose), answer, purpose);
  }

  /** All values of a statement whose delivery is {@code INLINE}. */
  public List<List<Optional<String>>> rows(Statement statement) {
    String purpose = statement.request().purpose();
    List<List<Optional<String>>> rows = new ArrayList<>(statement.rows());
    for (int i = 1; i < statement.manifest().chunks().size(); i++) {
      Answer answer = chunk(statement, i);
      rows.addAll(rows(workspace.read(answer, Wire.ResultPart.class, purpose)));
    }
    int columns = statement.manifest().columns().size();
    boolean whole =
        rows.size() == statement.manifest().totalRowCount()
            && rows.stream().allMatch(row -> row.size() == columns);
    if (!whole) {
      throw DatabricksErrors.incomplete(purpose, "the answer has fewer values than its manifest");
    }
    return rows;
  }

  /** Asks for a statement to be ended; whether that can be done is not waited for. */
  public void cancel(String id) {
    courtesy(Call.post(path(id) + "/cancel", "{}", Call.Repeat.NEVER, "cancel a statement"));
  }

  /** Cancels statements that may run although nobody heard of their submission. */
  public void cancelOrphans() {
    courtesy(submissions::cancelOrphans);
  }

  /** Frees the result of a statement that has been read. */
  public void close(String id) {
    courtesy(Call.delete(path(id), "close a statement"));
  }

  private void end(String id, String state) {
    if ("SUCCEEDED".equals(state)) {
      close(id);
    } else if (!state.matches("FAILED|CANCELED|CLOSED")) {
      cancel(id);
    }
  }

  private void courtesy(Call call) {
    courtesy(() -> workspace.find(call));
  }

  /** Is done even by a thread that was asked to stop: that is when it matters. */
  private static void courtesy(Runnable request) {
    boolean interrupted = Thread.interrupted();
    try {
      request.run();
    } catch (BirdieException e) {
      // what matters has been decided already, and the warehouse forgets the statement by itself
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Answer poll(String id, Statement.Request request) {
    return workspace
        .find(Call.get(path(id), request.purpose()))
        .orElseThrow(() -> errors.resultGone(request.purpose()));
  }

  private Answer chunk(Statement statement, int index) {
    String purpose = statement.request().purpose();
    return workspace
        .find(Call.get(path(statement.id()) + "/result/chunks/" + index, purpose))
        .orElseThrow(() -> errors.resultGone(purpose));
  }

  private static String path(String id) {
    return PATH + "/" + id;
  }

  private Wire.StatementResponse response(Answer answer, Statement.Request request) {
    return workspace.read(answer, Wire.StatementResponse.class, request.purpose());
  }

  private void requireSame(String id, Wire.StatementResponse response, Statement.Request request) {
    if (response.statementId() != null && !id.equals(response.statementId())) {
      throw errors.unexpected(request.purpose(), "another statement's id");
    }
  }

  private static String state(Wire.StatementResponse response) {
    Wire.Status status = response.status();
    return status == null ? "" : Objects.requireNonNullElse(status.state(), "");
  }

  private boolean waits(Wire.StatementResponse response, Statement.Request request)
      throws RefusedStatement {
    String state = state(response);
    return switch (state) {
      case "PENDING", "RUNNING" -> true;
      case "SUCCEEDED" -> false;
      case "CLOSED" -> {
        if (response.manifest() == null || response.result() == null) {
          throw errors.resultGone(request.purpose());
        }
        yield false;
      }
      case "FAILED", "CANCELED" -> throw refusal(request, state, failure(response.status()));
      default -> throw errors.unexpected(request.purpose(), "an unknown state of the statement");
    };
  }

  /**
   * A failure that may pass, can be helped, or does not say why is no judgement of the statement.
   */
  private RefusedStatement refusal(Statement.Request request, String state, Failure failure) {
    BirdieException e = errors.statementFailed(request.purpose(), request.table(), state, failure);
    boolean passing = e instanceof SourceException source && source.retryable();
    if (passing || e.recovery() != Recovery.NONE || !failure.saysWhy()) {
      throw e;
    }
    return new RefusedStatement(e);
  }

  private static Failure failure(Wire.@Nullable Status status) {
    Wire.ServiceError error = status == null ? null : status.error();
    return Failure.of(
        Optional.ofNullable(error).map(Wire.ServiceError::errorCode),
        Optional.ofNullable(status).map(Wire.Status::sqlState),
        Optional.ofNullable(error).map(Wire.ServiceError::message));
  }

  private Statement succeeded(
      String id, Statement.Request request, Answer answer, Wire.StatementResponse response) {
    ResultManifest manifest = ResultManifest.of(response.manifest(), request.purpose());
    Wire.ResultPart part = response.result();
    if (part == null) {
      return new Statement(id, request, manifest, List.of(), List.of());
    }
    return new Statement(id, request, manifest, links(part, answer, request.purpose()), rows(part));
  }

  private static List<List<Optional<String>>> rows(Wire.ResultPart part) {
    List<List<Optional<String>>> rows = new ArrayList<>();
    for (List<@Nullable String> values :
        Objects.requireNonNullElse(part.dataArray(), List.<List<@Nullable String>>of())) {
      List<Optional<String>> row = new ArrayList<>();
      for (String value : values) {
        row.add(Optional.ofNullable(value));
      }
      rows.add(row);
    }
    return rows;
  }

  private List<ExternalLink> links(Wire.ResultPart part, Answer answer, String purpose) {
    List<ExternalLink> links = new ArrayList<>();
    for (Wire.Link link : Objects.requireNonNullElse(part.externalLinks(), List.<Wire.Link>of())) {
      String url = link.externalLink();
      if (url == null) {
        throw DatabricksErrors.incomplete(purpose, "a link leads nowhere");
      }
      Chunk rows =
          ResultManifest.chunk(
              link.chunkIndex(), link.rowOffset(), link.rowCount(), link.byteCount());
      Map<String, String> headers = Objects.requireNonNullElse(link.httpHeaders(), Map.of());
      links.add(new ExternalLink(rows, url, headers, freshUntil(link.expiration(), answer)));
    }
    links.sort(Comparator.comparingLong(link -> link.part().rowOffset()));
    return links;
  }

  /** By the server's clock: this machine's may be wrong by more than a link lives. */
  private long freshUntil(@Nullable String expiration, Answer answer) {
    Instant now = answer.date().orElseGet(() -> pauses.clock().instant());
    Duration life = LINK_MARGIN.multipliedBy(10);
    if (expiration != null) {
      try {
        life = Duration.between(now, Instant.parse(expiration));
      } catch (DateTimeParseException e) {
        // as if it did not say; a link that has expired is replaced when the storage refuses it
      }
    }
    Duration margin = life.dividedBy(2);
    return pauses.deadline(life.minus(margin.compareTo(LINK_MARGIN) < 0 ? margin : LINK_MARGIN));
  }

  private static Duration slower(Duration pause) {
    Duration next = pause.multipliedBy(3).dividedBy(2);
    return next.compareTo(SLOWEST_POLL) > 0 ? SLOWEST_POLL : next;
  }
}
