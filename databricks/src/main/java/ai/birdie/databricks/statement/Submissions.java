package ai.birdie.databricks.statement;

import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.error.Failure;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.Hindrances;
import ai.birdie.databricks.http.Meter;
import ai.birdie.databricks.http.Submission;
import ai.birdie.databricks.http.WorkspaceClient;
import ai.birdie.databricks.sql.Parameter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hands statements to the warehouse, each once as far as can be told. Safe for many threads. */
final class Submissions {

  /**
   * The API's shortest wait: a short statement needs one request, and a lost answer has not been
   * waited for long.
   */
  private static final String WAIT = "5s";

  private final WorkspaceClient workspace;
  private final DatabricksErrors errors;
  private final ObjectMapper json;
  private final WarehouseListener listener;
  private final Supplier<String> names;
  private final Meter meter;
  private final Orphans orphans;

  /** Not in the public API; its own drivers ask for it, and some workspaces may refuse it. */
  private volatile boolean compressing = true;

  Submissions(
      WorkspaceClient workspace,
      DatabricksErrors errors,
      ObjectMapper json,
      WarehouseListener listener,
      Supplier<String> names,
      Meter meter,
      Consumer<String> cancel) {
    this.workspace = workspace;
    this.errors = errors;
    this.json = json;
    this.listener = listener;
    this.names = names;
    this.meter = meter;
    this.orphans = new Orphans(workspace, errors.warehouseId(), cancel);
  }

  /** A statement that the warehouse knows of, and how it answered. */
  record Begun(String id, Answer answer, Wire.StatementResponse response) {}

  /**
   * Submits a statement.
   *
   * @throws ai.birdie.core.error.BirdieException if it is refused, or its answer is lost twice
   */
  Begun submit(Statement.Request request) {
    String name = names.get();
    Answer answer = accepted(request, name);
    meter.statement();
    Begun begun = begun(answer, request, name);
    orphans.keep(name, begun.id());
    orphans.end();
    return begun;
  }

  /** A statement whose id cannot be read runs on: its answer is as good as lost. */
  private Begun begun(Answer answer, Statement.Request request, String name) {
    try {
      Wire.StatementResponse response =
          workspace.read(answer, Wire.StatementResponse.class, request.purpose());
      return new Begun(id(response, request), answer, response);
    } catch (SourceException e) {
      orphans.lost(name);
      throw e;
    }
  }

  /** Cancels statements that may run although nobody heard of their submission. */
  void cancelOrphans() {
    orphans.endLast();
  }

  private Answer accepted(Statement.Request request, String name) {
    Submission outcome = send(request, name);
    if (compressing
        && outcome instanceof Submission.Malformed refused
        && refused.failure().mentionsAny("compression", "lz4")) {
      compressing = false;
      outcome = send(request, name);
    }
    if (outcome instanceof Submission.Accepted done) {
      return done.answer();
    }
    Failure failure = ((Submission.Malformed) outcome).failure();
    if (failure.mentionsAny("external_links", "external links")) {
      SourceException e = errors.noExternalLinks(request.purpose(), failure);
      listener.givesNoLinks(e);
      throw e;
    }
    throw errors.status(request.purpose(), 400, failure);
  }

  private Submission send(Statement.Request request, String name) {
    Call call =
        Call.post(Statements.PATH, body(request, name), Call.Repeat.ONCE_MORE, request.purpose());
    return workspace.submit(
        call,
        new Hindrances() {
          @Override
          public void answerLost() {
            orphans.lost(name);
          }

          @Override
          public void turnedAway() {
            listener.waits();
          }
        });
  }

  /** The id becomes part of a path, so it must not be able to lead elsewhere. */
  private String id(Wire.StatementResponse response, Statement.Request request) {
    String id = response.statementId();
    if (id == null || !id.matches("[A-Za-z0-9_-]{1,100}")) {
      throw errors.unexpected(request.purpose(), "no usable statement id");
    }
    return id;
  }

  private String body(Statement.Request request, String name) {
    ObjectNode body = json.createObjectNode();
    body.put("statement", request.query().sql());
    body.put("warehouse_id", errors.warehouseId());
    body.put("disposition", request.delivery().disposition());
    body.put("format", request.delivery().format());
    body.put("wait_timeout", WAIT);
    body.put("on_wait_timeout", "CONTINUE");
    if (compressing && request.delivery() == Statement.Delivery.EXTERNAL) {
      body.put("result_compression", "LZ4_FRAME");
    }
    ArrayNode parameters = body.putArray("parameters");
    for (Parameter parameter : request.query().parameters()) {
      ObjectNode node = parameters.addObject();
      node.put("name", parameter.name());
      node.put("value", parameter.value());
      node.put("type", parameter.type());
    }
    ArrayNode tags = body.putArray("query_tags");
    request.tags().forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    tags.addObject().put("key", Orphans.TAG).put("value", name);
    return body.toString();
  }
}
